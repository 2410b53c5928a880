// The options, as data: the check, the messages and the table of the README come from here. Strict: what is not in the
// table is a mistake.
import { z } from 'zod'
import { DEFAULTABLE, shapeOf } from '../spec/fields.ts'
import { fieldsOfProvider, globs, limit, model, price, provider, yesNo } from './option-parts.ts'
import { insideRoot, meant, object, text, word } from './option-schemas.ts'
import { MODES, type Options } from './options.ts'

/** One row of the table of options. */
export interface OptionRow {
  /** The messages of its issues say what is allowed. */
  readonly schema: z.ZodType
  readonly meaning: string
  readonly default: string
  readonly example: string
}

/** Every option, in the order of the README. */
export const OPTIONS = {
  mode: {
    schema: word(MODES),
    meaning:
      '`generate` asks for what is missing or stale; `frozen` never spends and never writes: what is missing is an error; `draft` shows a drawn stand-in.',
    default: '`draft` in a dev server; else `frozen` where `CI` is set or no key is; else `generate`',
    example: "mode: 'frozen'",
  },
  provider: {
    schema: provider,
    meaning:
      'The API: `baseURL`, `apiKey`, `headers`, `timeout` (`connect`, `headers`, `body`, in ms), `concurrency`, `imagesPerMinute`, `partialImages` (0 to 3: shown by a dev server while a picture is made; each costs about 100 output tokens); or `"emulator"`, free pictures from inside the process.',
    default: 'from the environment; see below',
    example: 'provider: { concurrency: 2 }',
  },
  budget: {
    schema: object({ images: limit, usd: limit, perDay: object({ images: limit, usd: limit }) }),
    meaning:
      'The most pictures and US dollars that one run may ask for; a plan above it stops before the first request. `perDay: { images, usd }` is the same for all runs in 24 hours, by the ledger. `"none"` takes a limit away.',
    default: '{ images: 50, usd: 5 }; a day: four times a run',
    example: 'budget: { usd: 1 }',
  },
  defaults: {
    schema: z.strictObject(shapeOf(DEFAULTABLE), `an object of ${DEFAULTABLE.join(', ')}`),
    meaning: 'Fields for every picture of the project, under the `defaults` of a manifest.',
    default: '{}',
    example: "defaults: { quality: 'low' }",
  },
  styles: {
    schema: z.record(z.string(), text, 'an object of texts by name'),
    meaning: 'Styles for every manifest and for inline prompts.',
    default: '{}',
    example: "styles: { paper: 'Cut-paper collage.' }",
  },
  models: {
    schema: z.record(z.string(), model, 'an object of rows by model'),
    meaning:
      'What a model takes: rows over or beside the built-in table, each `{ size, fields, promptMax, nMax, stream }`.',
    default: '{}',
    example:
      "models: { 'my-model': { size: { kind: 'open' }, fields: {}, promptMax: 4000, nMax: 1, stream: false } }",
  },
  prices: {
    schema: z.record(z.string(), price, 'an object of prices by model'),
    meaning:
      'What a model costs in US dollars: `{ perImage }`, or for a million tokens `{ textIn, imageIn, imageOut }`.',
    default: '{}',
    example: "prices: { 'gpt-image-2': { perImage: 0.04 } }",
  },
  folder: {
    schema: insideRoot('a folder below the root, such as generated-images, and not in node_modules'),
    meaning: 'Where originals and their records are kept, from the root.',
    default: '"generated-images"',
    example: "folder: 'assets/generated'",
  },
  include: {
    schema: globs,
    meaning: 'Globs of the source files that are scanned for imports.',
    default: 'every source file under the root',
    example: "include: ['src/**']",
  },
  exclude: {
    schema: globs,
    meaning:
      'Globs of files and folders that are not scanned, beside node_modules and the usual output folders.',
    default: '[]',
    example: "exclude: ['legacy/**']",
  },
  alias: {
    schema: z.record(z.string(), text, 'an object of folders by prefix'),
    meaning:
      "Prefixes of specifiers and the folders they stand for. Vite's own aliases are known in a Vite build.",
    default: '{}',
    example: "alias: { '@': 'src' }",
  },
  types: {
    schema: meant((value) =>
      typeof value === 'string'
        ? insideRoot('a path below the root that ends with .d.ts', (path) => path.endsWith('.d.ts'))
        : z.literal(false, 'a path below the root that ends with .d.ts, or false'),
    ),
    meaning: 'Where the types of all imports are written, from the root; `false`: nowhere.',
    default: '"generate-images.d.ts"',
    example: "types: 'src/generate-images.d.ts'",
  },
  provenance: {
    schema: yesNo,
    meaning: 'Whether every file says, in XMP, that a model made it (`trainedAlgorithmicMedia`).',
    default: 'true',
    example: 'provenance: false',
  },
  stale: {
    schema: word(['warn', 'error']),
    meaning: 'In `frozen` mode: whether a picture whose prompt was edited since is a warning or an error.',
    default: '"warn"',
    example: "stale: 'error'",
  },
  site: {
    schema: text.refine(
      (site) => /^https?:\/\/[^\s?#]+$/.test(site),
      'an address such as https://example.org',
    ),
    meaning:
      'The address that the site will have: what others load, such as `og:image` in a page, needs its whole address.',
    default: 'none; such pictures are a warning',
    example: "site: 'https://example.org'",
  },
  root: {
    schema: text,
    meaning:
      "The project's folder. In a configuration file, from the folder of that file; elsewhere from the default.",
    default: "the bundler's root; the working directory on the command line",
    example: "root: 'site'",
  },
} as const satisfies Record<keyof Options, OptionRow>

/** The names that stand below an option, for those who write them at the top. */
export const NAMES_BELOW: Readonly<Partial<Record<keyof Options, readonly string[]>>> = {
  provider: Object.keys(fieldsOfProvider),
  budget: ['images', 'usd', 'perDay'],
  defaults: DEFAULTABLE,
}
