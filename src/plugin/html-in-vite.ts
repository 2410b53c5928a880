// Pages of Vite: their pictures are written into them before Vite looks for addresses. In a build each stands for an
// emitted file, whose address Vite puts in by its own rules; a dev server has the addresses of our own files.
import { posix } from 'node:path'
import type { ResolvedConfig } from 'vite'
import type { HtmlPicture } from '../scan/specifiers/html.ts'
import type { Follow, Host } from './host.ts'
import type { MadeModule } from './module.ts'
import { pageOf } from './page-of.ts'

/** A page as Vite hands it on. */
export interface Page {
  readonly text: string
  /** Its file, absolute; there may be none. */
  readonly file: string
  /** Where it will be, from the root of the site: `/docs/index.html`. */
  readonly path: string
}

/** What writing pages needs. */
export interface PageOptions {
  readonly config: ResolvedConfig
  /** Makes one of our modules, whose addresses are text. */
  readonly make: (id: string) => Promise<MadeModule>
  readonly follow: Follow
}

/** The text of a page with its pictures. Throws the mistakes in it. */
export async function writePage(
  host: Host,
  { text, file: told, path }: Page,
  { config, make, follow }: PageOptions,
): Promise<string> {
  if (!text.includes('generate')) return text
  const file = pageOf(told, config.root)
  const [reading, { project }, reporter] = await Promise.all([
    host.reading(file, follow),
    host.begun(),
    host.reporter(),
  ])
  const { root, site } = project.settings
  const serves = config.command === 'serve'
  // What Vite asks a function for may lie anywhere.
  const isWhole = /^(?:[a-z]+:)?\/\//i.test(config.base) || config.experimental.renderBuiltUrl !== undefined
  return reading.writePageFor(text, posix.relative(root, reading.id), reading, {
    lacksSite: !serves && !isWhole && site === undefined,
    warn: (warning) => reporter.warn([warning]),
    make: (meant) => make(host.idOf(meant, file)),
    address(given, { place, attribute }) {
      if (serves)
        return isVites(attribute) && given.startsWith(config.base)
          ? `/${given.slice(config.base.length)}`
          : given
      if (place !== 'page' || isWhole || site === undefined) return given
      return (config.base.startsWith('/') ? new URL(site).origin : folderOf(path, site)) + given
    },
  })
}

// With a relative base, Vite's addresses are from the page.
function folderOf(path: string, site: string): string {
  const folder = posix.dirname(path).slice(1)
  return new URL(folder === '' ? '' : `${folder}/`, site).href
}

const VITES: Readonly<Record<string, readonly string[]>> = {
  ...{ embed: ['src'], img: ['src', 'srcset'], image: ['href', 'xlink:href'], input: ['src'] },
  ...{ link: ['href', 'imagesrcset'], meta: ['content'], object: ['data'], source: ['src', 'srcset'] },
  ...{ use: ['href', 'xlink:href'], video: ['src', 'poster'] },
}

/** Whether Vite's dev server puts its base before an address in this attribute. */
const isVites = ({ tag, name }: HtmlPicture['attribute']) => VITES[tag]?.includes(name.toLowerCase()) ?? false
