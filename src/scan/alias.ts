import { isAbsolute, relative, sep } from 'node:path'

/** Folders by the prefix that stands for them: `{ '@': 'src' }`. The folders are relative to the root, with forward slashes. */
export type Alias = Readonly<Record<string, string>>

/** Makes the folders of an alias relative to `root`: they may be absolute, and lead outside (`../shared`). */
export function normalizeAlias(alias: Alias, root: string): Alias {
  return Object.fromEntries(
    Object.entries(alias).map(([prefix, folder]) => [
      prefix,
      (isAbsolute(folder) ? relative(root, folder) : folder).replaceAll(sep, '/'),
    ]),
  )
}

/**
 * The path from the root that an aliased path stands for, by the longest prefix that fits; `undefined` where none does.
 * A prefix fits whole folders alone: `@` is in `@/boat.png`, not in `@scope/boat.png`. Stylesheets may put a `~` before it.
 */
export function applyAlias(path: string, alias: Alias): string | undefined {
  const prefixes = Object.keys(alias).sort((a, b) => b.length - a.length)
  for (const candidate of path.startsWith('~') ? [path, path.slice(1)] : [path]) {
    for (const prefix of prefixes) {
      const folder = prefix.endsWith('/') ? prefix : `${prefix}/`
      if (candidate === prefix) return alias[prefix]!
      if (candidate.startsWith(folder))
        return `${alias[prefix]!.replace(/\/$/, '')}/${candidate.slice(folder.length)}`
    }
  }
  return undefined
}
