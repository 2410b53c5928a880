// What a change would break for people who use the package: the names of each entry, and the options with their types.
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as astro from '../src/astro.ts'
import { OPTIONS } from '../src/config/options-table.ts'
import * as emulator from '../src/emulator.ts'
import { catalogue } from '../src/errors/index.ts'
import * as esbuild from '../src/esbuild.ts'
import * as farm from '../src/farm.ts'
import * as index from '../src/index.ts'
import * as markdownIt from '../src/markdown-it.ts'
import * as nuxt from '../src/nuxt.ts'
import * as remark from '../src/remark.ts'
import * as rolldown from '../src/rolldown.ts'
import * as rollup from '../src/rollup.ts'
import * as rspack from '../src/rspack.ts'
import * as vite from '../src/vite.ts'
import * as webpack from '../src/webpack.ts'
import { buildPackage } from './cli/built.ts'

let built: Awaited<ReturnType<typeof buildPackage>>
beforeAll(async () => {
  built = await buildPackage()
})
afterAll(() => built.remove())

/** The declarations of a file of the built package, without comments and imports. */
async function declarationsOf(file: string): Promise<string> {
  const text = await readFile(join(built.root, 'dist', `${file}.d.ts`), 'utf8')
  const code = text.replace(/\/\*\*[\s\S]*?\*\/|^\/\/.*$|^import .*$/gm, '')
  return `\n${code.replace(/^\s*\n/gm, '')}`
}

/** The names that a file gives, types as well. */
async function namesOf(file: string): Promise<string[]> {
  const clauses = [...(await declarationsOf(file)).matchAll(/export (?:type )?\{([^}]*)\}/g)]
  return clauses
    .flatMap(([, names]) => names!.split(',').map((name) => name.trim().replace(/^type /, '')))
    .sort()
}

test('the entries of the package', async () => {
  const { exports, bin } = JSON.parse(await readFile(join(built.root, 'package.json'), 'utf8'))
  expect({ bin, entries: Object.keys(exports) }).toMatchInlineSnapshot(`
    {
      "bin": {
        "generate-images": "./dist/cli/main.js",
      },
      "entries": [
        ".",
        "./vite",
        "./webpack",
        "./rspack",
        "./rollup",
        "./rolldown",
        "./esbuild",
        "./farm",
        "./nuxt",
        "./remark",
        "./markdown-it",
        "./react",
        "./vue",
        "./svelte",
        "./astro",
        "./astro/components",
        "./emulator",
        "./types",
        "./schema.json",
        "./package.json",
      ],
    }
  `)
})

// A hook of Node's that prints the address of each module that is loaded.
const TRACE = `import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`import { writeSync } from 'node:fs'
export async function load(url, context, next) {
  writeSync(1, url + '\\\\n')
  return next(url, context)
}\`))`

/** The packages besides unplugin and its own that a module of the built package loads. */
function loadedBy(file: string): string[] {
  const address = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`
  const urls = (code: string) =>
    execFileSync(process.execPath, ['--import', address(TRACE), '--input-type=module', '-e', code], {
      cwd: built.root,
      encoding: 'utf8',
    }).split('\n')
  const known = urls(`import 'unplugin'`)
  expect(known.join()).toContain('/node_modules/unplugin/')
  const own = pathToFileURL(join(built.root, 'dist')).href
  const loaded = urls(`import './dist/${file}'`)
  expect(loaded).toContain(`${own}/${file}`)
  return loaded.filter((url) => url.startsWith('file:') && !url.startsWith(own) && !known.includes(url))
}

test.each(['index', 'astro', 'vite', 'webpack', 'rspack', 'rollup', 'rolldown', 'esbuild', 'farm'])(
  'importing the built %s loads nothing of another package but unplugin',
  (name) => expect(loadedBy(`${name}.js`)).toEqual([]),
)

test('the built command line loads what it needs when it needs it', () => {
  const packages = loadedBy('cli/main.js').map(
    (url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1],
  )
  // What it needs at once is bundled.
  expect(packages).toEqual([])
})

test('the names of unplugin-generate-images', async () => {
  expect(Object.keys(index).sort()).toMatchInlineSnapshot(`
    [
      "GenerateImagesError",
      "default",
      "defineConfig",
      "openProject",
    ]
  `)
  expect(await namesOf('index')).toMatchInlineSnapshot(`
    [
      "ErrorCode",
      "GenerateImagesError",
      "GeneratedImg",
      "GeneratedMetadata",
      "GeneratedPicture",
      "ImageName",
      "Options",
      "Place",
      "Project",
      "defineConfig",
      "openProject",
    ]
  `)
})

test('the names of unplugin-generate-images/vite', () => {
  expect(Object.keys(vite)).toEqual(['default'])
  expect(vite.default()).toMatchObject({ name: 'unplugin-generate-images', enforce: 'pre' })
})

test.each([
  ['astro', astro, { name: 'unplugin-generate-images', hooks: expect.any(Object) }],
  ['webpack', webpack, { apply: expect.any(Function) }],
  ['rspack', rspack, { apply: expect.any(Function) }],
  ['rollup', rollup, { name: 'unplugin-generate-images' }],
  ['rolldown', rolldown, { name: 'unplugin-generate-images' }],
  ['esbuild', esbuild, { name: 'unplugin-generate-images', setup: expect.any(Function) }],
  ['farm', farm, { name: 'unplugin-generate-images' }],
])('the names of unplugin-generate-images/%s', (_, entry: { default: () => unknown }, plugin) => {
  expect(Object.keys(entry)).toEqual(['default'])
  expect(entry.default()).toMatchObject(plugin)
})

test('the names of unplugin-generate-images/nuxt', () => {
  expect(Object.keys(nuxt)).toEqual(['default'])
})

test('the names of the plugins for Markdown', async () => {
  expect([Object.keys(remark), Object.keys(markdownIt)]).toEqual([['default'], ['default']])
  expect(await declarationsOf('markdown/placed')).toMatchInlineSnapshot(`
    "
    export interface FolderOptions {
        readonly outDir: string;
        readonly base?: string | undefined;
    }
    export type PlaceFiles = (meant: readonly string[], file: string) => Promise<readonly PageValue[]>;
    export declare function createPlace(opened: Opened, { outDir, base: told }: FolderOptions): PlaceFiles;
    "
  `)
})

test('the names of unplugin-generate-images/emulator', async () => {
  expect(Object.keys(emulator).sort()).toMatchInlineSnapshot(`
    [
      "BLOCKED",
      "FAULTS",
      "createEmulator",
      "startEmulator",
      "totalsOf",
    ]
  `)
  expect(await namesOf('emulator/index')).toMatchInlineSnapshot(`
    [
      "BLOCKED",
      "Emulator",
      "EmulatorOptions",
      "FAULTS",
      "Fault",
      "FaultName",
      "FaultQueue",
      "LedgerEntry",
      "RunningEmulator",
      "SeenRequest",
      "ServerOptions",
      "Totals",
      "createEmulator",
      "startEmulator",
      "totalsOf",
    ]
  `)
})

test('the options and their types', async () => {
  const text = await declarationsOf('config/options')
  expect(text).toMatchInlineSnapshot(`
    "
    export declare const MODES: readonly ['generate', 'frozen', 'draft'];
    export type Mode = (typeof MODES)[number];
    export interface ProviderOptions {
        readonly baseURL?: string;
        readonly apiKey?: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly timeout?: {
            readonly connect?: number;
            readonly headers?: number;
            readonly body?: number;
        };
        readonly concurrency?: number;
        readonly imagesPerMinute?: number;
        readonly partialImages?: 0 | 1 | 2 | 3;
    }
    export interface LimitOptions {
        readonly images?: number | 'none';
        readonly usd?: number | 'none';
    }
    export interface BudgetOptions extends LimitOptions {
        readonly perDay?: LimitOptions;
    }
    export interface Options {
        readonly root?: string;
        readonly mode?: Mode;
        readonly provider?: 'emulator' | ProviderOptions;
        readonly budget?: BudgetOptions;
        readonly defaults?: Omit<Fields, 'prompt' | 'alt' | 'decorative'>;
        readonly styles?: Readonly<Record<string, string>>;
        readonly models?: Readonly<Record<string, ModelRow>>;
        readonly prices?: Readonly<Record<string, PriceOverride>>;
        readonly folder?: string;
        readonly include?: readonly string[];
        readonly exclude?: readonly string[];
        readonly alias?: Readonly<Record<string, string>>;
        readonly types?: string | false;
        readonly provenance?: boolean;
        readonly stale?: 'warn' | 'error';
        readonly site?: string;
    }
    "
  `)
  // The table of the README and the types are of the same options.
  const [, fields] = /export interface Options \{([\s\S]*?)\n\}/.exec(text)!
  const names = [...fields!.matchAll(/^ {4}readonly (\w+)\?/gm)].map(([, name]) => name)
  expect(names.sort()).toEqual(Object.keys(OPTIONS).sort())
})

test('the types of what an import gives', async () => {
  const text = await declarationsOf('embed/shapes')
  expect(text.slice(0, text.indexOf('export interface ShapeFile'))).toMatchInlineSnapshot(`
    "
    export interface GeneratedImg {
        readonly src: string;
        readonly srcset: string;
        readonly width: number;
        readonly height: number;
        readonly alt: string;
        readonly placeholder?: string;
    }
    export interface GeneratedPicture<F extends string = string> {
        readonly img: Omit<GeneratedImg, 'placeholder'>;
        readonly sources: Readonly<Record<F, string>>;
        readonly placeholder?: string;
    }
    export interface GeneratedMetadata {
        readonly name: string;
        readonly key: string;
        readonly model: string;
        readonly prompt: string;
        readonly alt: string;
        readonly width: number;
        readonly height: number;
        readonly state: 'kept' | 'stale' | 'missing';
    }
    "
  `)
})

test('the error and its codes', async () => {
  const text = await declarationsOf('errors/error')
  expect(
    text.slice(text.indexOf('export declare class'), text.indexOf('export declare function')),
  ).toMatchInlineSnapshot(`
    "export declare class GenerateImagesError extends Error {
        readonly name = "GenerateImagesError";
        readonly code: ErrorCode;
        readonly sentence: string;
        readonly hint: string;
        readonly picture: string | undefined;
        readonly places: readonly Place[];
        readonly errors: readonly GenerateImagesError[];
        constructor(code: ErrorCode, sentence: string, hint: string, context?: ErrorContext & {
            errors?: readonly GenerateImagesError[];
        });
        get exitCode(): number;
        toJSON(): object;
    }
    "
  `)
  expect(Object.keys(catalogue).sort()).toMatchInlineSnapshot(`
    [
      "AMBIGUOUS_NAME",
      "ANIMATED_PICTURE",
      "ANSWER_UNWRITTEN",
      "API_UNREACHABLE",
      "BAD_NAME",
      "BAD_OPTION",
      "BAD_SPECIFIER",
      "BAD_VALUE",
      "BROKEN_ORIGINAL",
      "BROKEN_PICTURE",
      "CASE_CLASH",
      "CONFIG_UNREADABLE",
      "DEFINED_TWICE",
      "DOWNLOAD_FAILED",
      "EACH_FIELD",
      "EACH_NOTHING",
      "EACH_UNREADABLE",
      "EDIT_FAILED",
      "EXPORT_CLASH",
      "EXPORT_FOREIGN",
      "EXPORT_IN_WAY",
      "FILE_CHANGED",
      "FILE_UNREADABLE",
      "FOLDER_UNWRITABLE",
      "GIVEN_UP",
      "INSECURE_URL",
      "KEY_REFUSED",
      "LEAVES_PROJECT",
      "LEFT_AS_TEXT",
      "LFS_POINTER",
      "MANIFEST_SYNTAX",
      "MISPLACED",
      "MISSING",
      "MODEL_FIELD",
      "MODEL_NOT_FOUND",
      "MODE_FORBIDS",
      "NOT_ALLOWED",
      "NOT_A_PICTURE",
      "NOT_SCANNED",
      "NOT_SURE",
      "NO_ALT",
      "NO_ENCODER",
      "NO_KEY",
      "NO_SITE",
      "NO_SPACE",
      "NO_SUCH_ENTRY",
      "NO_SUCH_MANIFEST",
      "NO_SUCH_PICTURE",
      "NO_SUCH_RUN",
      "NO_SUCH_TAKE",
      "OFFER_CHANGED",
      "ORIGINAL_CHANGED",
      "ORIGINAL_UNREADABLE",
      "OTHER_PROCESS",
      "OUTCOME_UNKNOWN",
      "OUTSIDE_ROOT",
      "OUT_OF_MONEY",
      "OVER_BUDGET",
      "OVER_DAY",
      "PICTURE_TOO_LARGE",
      "PICTURE_TOO_SLOW",
      "PRICE_UNKNOWN",
      "PROMPT_TOO_LONG",
      "PUBLIC_KEY",
      "RATE_LIMITED",
      "RECORD_TOO_NEW",
      "RECORD_UNREADABLE",
      "REFUSED",
      "RENDER_FAILED",
      "REQUEST_REJECTED",
      "RETRY_AFTER_TOO_LONG",
      "SENT_IN_QUERY",
      "SEVERAL",
      "SIZE_TOO_LARGE",
      "SPELLED_OTHERWISE",
      "SPOOL_UNREADABLE",
      "STOPPED",
      "TOO_LARGE",
      "TWO_PROMPTS",
      "UNCLAIMED_FILE",
      "UNDER_WAY",
      "UNEXPECTED",
      "UNKNOWN_COMMAND",
      "UNKNOWN_FIELD",
      "UNKNOWN_MODEL",
      "UNKNOWN_OPTION",
      "UNKNOWN_STYLE",
      "VITE_TOO_OLD",
      "WRONG_ADDRESS",
    ]
  `)
})
