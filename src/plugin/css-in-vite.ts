// Vite resolves the addresses in stylesheets by itself, without the hooks of plugins, in what Sass, Less and `@import`
// bring in as well. On that way it asks its aliases alone, so ours are one, with a resolver of its own.
import type { ResolvedConfig } from 'vite'
import { fileOfStylesheet } from './page-of.ts'
import { DEV_FILES, GENERATE, STYLESHEETS } from './specifiers.ts'

/** The address that a stylesheet (absolute) has for a specifier: a file (absolute) where Vite builds. */
export type AddressIn = (written: string, stylesheet: string) => Promise<string>

/** Has Vite ask `addressIn` for every specifier in a stylesheet, from when it begins. */
export function resolveInStylesheets({ root, environments }: ResolvedConfig, addressIn: AddressIn): void {
  // A path of which Vite makes the address of a dev server again.
  const toPath = (address: string) =>
    address.includes(DEV_FILES) ? `${root}/${address.slice(address.indexOf(DEV_FILES))}` : address
  const alias = {
    find: new RegExp(`^.*(?:${GENERATE.source}|/${DEV_FILES}).*$`, 's'),
    replacement: '$&',
    async customResolver(source: string, importer: string | undefined) {
      if (importer === undefined || !STYLESHEETS.test(importer)) return null
      // An answer comes back: as the address that it is by then, or from Sass and Less relative to another file.
      if (!GENERATE.test(source)) return toPath(source)
      return toPath(await addressIn(source, fileOfStylesheet(importer, root)))
    },
  }
  // Before those of the user: ours knows them too, and they would make a path of it that leads to no file.
  for (const { resolve } of Object.values(environments) as { resolve: { alias?: object[] } }[])
    resolve.alias = [alias, ...(resolve.alias ?? [])]
}
