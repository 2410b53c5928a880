// The project that the bundlers build: two pictures, and a page that shows what its imports give.
import type { Options } from '../../src/config/options.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createSite, KEY, type Site } from '../support/site.ts'
import type { Wish } from './bundler.ts'

/** The pictures of every project. */
export const IMAGES = {
  boat: { prompt: 'A paper boat.', alt: 'A boat', widths: [64, 128] },
  'blog/hero': { prompt: 'Mountains.', size: '1200x630', alt: 'Mountains', widths: [120], formats: ['webp'] },
}
/** Their manifest, from the root. */
export const FILE = 'src/images.prompts.json'
/** The manifest as a file. */
export const manifest = (images: object = IMAGES) => ({ [FILE]: { images } })

/** A module that shows what its imports give. */
export const showing = (imports: Readonly<Record<string, string>>) =>
  `${Object.entries(imports)
    .map(([name, specifier]) => `import ${name} from ${JSON.stringify(specifier)}`)
    .join('\n')}\nglobalThis.seen = { ${Object.keys(imports).join(', ')} }\n`

/** A project on the disk, and the API that it asks. */
export interface Project {
  readonly site: Site
  readonly api: TestApi
  wish(more?: Partial<Wish>, options?: Options): Wish
}

/** Starts a project whose `src/main.js` shows what its imports give. */
export async function start(
  imports: Readonly<Record<string, string>>,
  images: object = IMAGES,
): Promise<Project> {
  const api = await startApi()
  const site = await createSite(
    { 'package.json': { private: true }, ...manifest(images), 'src/main.js': showing(imports) },
    api.baseURL,
  )
  const provider = { baseURL: api.baseURL, apiKey: KEY }
  return {
    site,
    api,
    wish: (more, options) => ({
      root: site.root,
      plugin: { mode: 'generate', provider, ...options },
      entries: { main: './src/main.js' },
      ...more,
    }),
  }
}
