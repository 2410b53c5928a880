// Mistakes that show on the way from files, options, the environment and a command line to a project, each with the
// whole message that a person reads. Those within a manifest or an import alone are in scan/mistakes.test.ts.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openProject } from '../src/index.ts'
import { projectWith, shell } from './cli/support.ts'
import { failureOf, folderWith, messagesOf } from './config/support.ts'
import type { Files } from './support/site.ts'

/** What a program reads that opens the project of these files: its errors, or else its warnings. */
async function inProject(files: Files): Promise<string> {
  const { root } = await folderWith(files)
  const project = await openProject({ root, provider: 'emulator' })
  const { errors, warnings } = await project.collect()
  await project.close()
  return messagesOf(errors.length > 0 ? errors : warnings)
}

const entry = (fields: object, rest: object = {}): Files => ({
  'src/images.prompts.json': { ...rest, images: { cat: { prompt: 'A cat.', alt: 'A cat', ...fields } } },
})
const imports = (...specifiers: string[]): Files => ({
  ...entry({}),
  'src/main.ts': specifiers.map((written, i) => `import p${i} from '${written}'\n`).join(''),
})

/** What a program reads that opens a project with these options. */
const withOptions = (options: object, files: Files = {}) =>
  folderWith(files).then(({ root }) => failureOf(openProject({ root, ...options } as never)))

/** What a person reads at the command line, in an empty environment. */
async function typed(
  argv: string,
  files: Files = {},
  environment: Record<string, string> = {},
): Promise<string> {
  const { sh } = await projectWith(files)
  const { status, out, err } = await sh(argv === '' ? [] : argv.split(' '), { environment })
  expect(out).toBe('')
  return `\n${err}exit status ${status}\n`
}

describe('a request that its model does not take', () => {
  test('a quality of another model', async () => {
    expect(await inProject(entry({ quality: 'hd' }))).toMatchInlineSnapshot(`
      "
      src/cat: "quality" is "hd", which gpt-image-2 does not take. [MODEL_FIELD]
        at src/images.prompts.json:6:18
        → gpt-image-2 takes: low, medium, high, auto.
      "
    `)
  })
  test('a field that the model refuses', async () => {
    expect(await inProject(entry({ model: 'dall-e-3', background: 'transparent' }))).toMatchInlineSnapshot(`
      "
      src/cat: "background" is "transparent", which dall-e-3 does not take. [MODEL_FIELD]
        at src/images.prompts.json:7:21
        → Leave "background" out for dall-e-3, or choose another model.
      "
    `)
  })
  test('a transparent background where there is none', async () => {
    expect(await inProject(entry({ background: 'transparent' }))).toMatchInlineSnapshot(`
      "
      src/cat: "background" is "transparent", which gpt-image-2 does not take. [MODEL_FIELD]
        at src/images.prompts.json:6:21
        → gpt-image-2 takes: opaque, auto.
      "
    `)
  })
  test('a size that no picture of the model covers', async () => {
    expect(await inProject(entry({ size: '5000x5000' }))).toMatchInlineSnapshot(`
      "
      src/cat: "size" is 5000x5000, and gpt-image-2 makes no picture that covers it. [SIZE_TOO_LARGE]
        at src/images.prompts.json:6:15
        → The largest that gpt-image-2 makes in this shape is 2880x2880. Ask for that, or for the ratio alone.
      "
    `)
  })
  test('a size that is left to a model that needs one', async () => {
    expect(await inProject(entry({ model: 'dall-e-3', quality: 'hd', size: 'auto' }))).toMatchInlineSnapshot(`
      "
      src/cat: "size" is "auto", which dall-e-3 does not take. [MODEL_FIELD]
        at src/images.prompts.json:8:15
        → dall-e-3 takes: a size in pixels, or a ratio.
      "
    `)
  })
  test('a prompt that is too long, with its style', async () => {
    const rest = { styles: { long: 'word '.repeat(300) } }
    const fields = { model: 'dall-e-2', quality: 'standard', style: 'long' }
    expect(await inProject(entry(fields, rest))).toMatchInlineSnapshot(`
      "
      src/cat: The prompt has 1507 characters; dall-e-2 takes 1000. [PROMPT_TOO_LONG]
        at src/images.prompts.json:7:17
        → Shorten the prompt or its style, or choose another model.
      "
    `)
  })
  test('a compression of a format that has none', async () => {
    expect(await inProject(entry({ output_compression: 50 }))).toMatchInlineSnapshot(`
      "
      src/cat: "output_compression" is set with the format png, which gpt-image-2 does not take. [MODEL_FIELD]
        at src/images.prompts.json:6:29
        → gpt-image-2 takes: output_format jpeg or webp beside it.
      "
    `)
  })
  test('a format that the model does not make', async () => {
    expect(await inProject(entry({ output_format: 'gif' }))).toMatchInlineSnapshot(`
      "
      src/cat: "output_format" is "gif", which gpt-image-2 does not take. [MODEL_FIELD]
        at src/images.prompts.json:6:24
        → gpt-image-2 takes: png, jpeg, webp.
      "
    `)
  })
  test('a field in extra that has its own name', async () => {
    expect(await inProject(entry({ extra: { quality: 'low', n: 4 } }))).toMatchInlineSnapshot(`
      "
      src/cat: "extra.quality" is "low". [BAD_VALUE]
        at src/images.prompts.json:6:16
        → Allowed: fields without a name of their own here; "quality" is set by its own field or by the client.

      src/cat: "extra.n" is 4. [BAD_VALUE]
        at src/images.prompts.json:6:16
        → Allowed: fields without a name of their own here; "n" is set by its own field or by the client.
      "
    `)
  })
  test('a model that is not in the table', async () => {
    expect(await inProject(entry({ model: 'gpt-image-22' }))).toMatchInlineSnapshot(`
      "
      src/cat: The model gpt-image-22 is not in the table; its fields are sent as written. Did you mean "gpt-image-2", "gpt-image-1" or "gpt-image-1.5"? [UNKNOWN_MODEL]
        at src/images.prompts.json:6:16
        → Add it to \`models\` (what it takes) and \`prices\` (what it costs) to have both checked.
      "
    `)
  })
})

describe('a style', () => {
  test('that is not defined', async () => {
    const rest = { styles: { paper: 'Cut-paper collage.', ink: 'Ink.' } }
    expect(await inProject(entry({ style: ['papr', 'oil'] }, rest))).toMatchInlineSnapshot(`
      "
      src/cat: The style "papr" is not defined. Did you mean "paper"? [UNKNOWN_STYLE]
        at src/images.prompts.json:10:16
        → Defined: paper, ink.

      src/cat: The style "oil" is not defined. [UNKNOWN_STYLE]
        at src/images.prompts.json:10:16
        → Defined: paper, ink.
      "
    `)
  })
  test('where none is defined', async () => {
    expect(await inProject(entry({ style: 'paper' }))).toMatchInlineSnapshot(`
      "
      src/cat: The style "paper" is not defined. [UNKNOWN_STYLE]
        at src/images.prompts.json:6:16
        → Add it under "styles" in the manifest.
      "
    `)
  })
})

describe('files that do not agree', () => {
  test('two prompts for one name', async () => {
    const files = imports('./dog.png?generate&prompt=A+dog', './dog.png?generate&prompt=A+small+dog')
    expect(await inProject(files)).toMatchInlineSnapshot(`
      "
      src/dog: This name is asked for with two different requests: "A dog" (gpt-image-2, 1024x1024, medium) and "A small dog" (gpt-image-2, 1024x1024, medium). [TWO_PROMPTS]
        at src/main.ts:1:17, src/main.ts:2:17
        → Give one of the two another name, or make both requests the same.
      "
    `)
  })
  test('a prompt for a name of the manifest', async () => {
    expect(await inProject(imports('./cat.png?generate&prompt=A+tiger'))).toMatchInlineSnapshot(`
      "
      src/cat: This name is asked for with two different requests: "A cat." (gpt-image-2, 1024x1024, medium) and "A tiger" (gpt-image-2, 1024x1024, medium). [TWO_PROMPTS]
        at src/images.prompts.json:3:5, src/main.ts:1:17
        → Give one of the two another name, or make both requests the same.
      "
    `)
  })
  test('one name in two manifests', async () => {
    const files: Files = { ...entry({}), 'images.prompts.json': { images: { 'src/cat': 'Another cat.' } } }
    expect(await inProject(files)).toMatchInlineSnapshot(`
      "
      "src/cat" is defined twice. [DEFINED_TWICE]
        at src/images.prompts.json:3:5, images.prompts.json:3:5
        → Keep one of the two entries.
      "
    `)
  })
  test('a bare name that two manifests have', async () => {
    const files: Files = {
      ...imports('cat?generate'),
      'blog/images.prompts.json': { images: { cat: { prompt: 'A cat that writes.', alt: 'A cat' } } },
    }
    expect(await inProject(files)).toMatchInlineSnapshot(`
      "
      "cat" could be "blog/cat" of blog/images.prompts.json or "src/cat" of src/images.prompts.json. [AMBIGUOUS_NAME]
        at src/main.ts:1:17
        → Import it by its path instead.
      "
    `)
  })
  test('an entry that is in another manifest', async () => {
    const files: Files = { ...entry({}), 'blog/main.ts': "import cat from './cat.png?generate'\n" }
    expect(await inProject(files)).toMatchInlineSnapshot(`
      "
      No manifest entry for "./cat.png". [NO_SUCH_ENTRY]
        at blog/main.ts:1:18
        → There is no images.prompts.json at or above this file: write one, or add &prompt=… to the import.
      "
    `)
  })
})

describe('an import', () => {
  test('of several files as one url', async () => {
    expect(await inProject(imports('./cat.png?generate&w=480;960'))).toMatchInlineSnapshot(`
      "
      "w" is "480;960". [BAD_VALUE]
        at src/main.ts:1:17
        → Allowed: one value with as=url; several with as=picture.
      "
    `)
  })
  test('of several formats as one srcset', async () => {
    expect(await inProject(imports('./cat.png?generate&as=srcset&format=avif;webp'))).toMatchInlineSnapshot(`
      "
      "format" is "avif;webp". [BAD_VALUE]
        at src/main.ts:1:17
        → Allowed: one value with as=srcset; several with as=picture.
      "
    `)
  })
  test('of one height with several widths', async () => {
    expect(await inProject(imports('./cat.png?generate&as=img&w=480;960&h=300'))).toMatchInlineSnapshot(`
      "
      "h" is "300". [BAD_VALUE]
        at src/main.ts:1:17
        → Allowed: one height with one width, or heights alone.
      "
    `)
  })
  test('of an inline prompt that its model does not take', async () => {
    expect(await inProject(imports('./dog.png?generate&prompt=A+dog&quality=ultra'))).toMatchInlineSnapshot(`
      "
      src/dog: "quality" is "ultra", which gpt-image-2 does not take. [MODEL_FIELD]
        at src/main.ts:1:17
        → gpt-image-2 takes: low, medium, high, auto.
      "
    `)
  })
})

describe('a picture without a text alternative', () => {
  test('of a manifest', async () => {
    expect(await inProject({ 'images.prompts.json': { images: { cat: 'A cat.' } } })).toMatchInlineSnapshot(`
      "
      cat: There is no text alternative. [NO_ALT]
        at images.prompts.json:3:5
        → Add "alt": a sentence for people who do not see the picture, or "decorative": true.
      "
    `)
  })
  test('of an inline prompt, where its shape has room for one', async () => {
    expect(await inProject(imports('./dog.png?generate&prompt=A+dog&as=img'))).toMatchInlineSnapshot(`
      "
      src/dog: There is no text alternative. [NO_ALT]
        at src/main.ts:1:17
        → Add "alt": a sentence for people who do not see the picture, or "decorative": true.
      "
    `)
  })
})

describe('options', () => {
  test('a name that does not exist', async () => {
    expect(await withOptions({ widths: [480], quallity: 'low', budgets: {} })).toMatchInlineSnapshot(`
      "
      3 errors:

      "widths" is not a known option. Did you mean "defaults.widths"? [UNKNOWN_OPTION]
        at openProject()
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.

      "quallity" is not a known option. Did you mean "defaults.quality"? [UNKNOWN_OPTION]
        at openProject()
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.

      "budgets" is not a known option. Did you mean "budget"? [UNKNOWN_OPTION]
        at openProject()
        → Known here: mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.
      "
    `)
  })
  test('a mode that does not exist', async () => {
    expect(await withOptions({ mode: 'freeze' })).toMatchInlineSnapshot(`
      "
      "mode" is "freeze". [BAD_OPTION]
        at openProject()
        → Allowed: generate, frozen, draft.
      "
    `)
  })
  test('a part that does not exist', async () => {
    expect(await withOptions({ provider: { baseUrl: 'https://images.example/v1' } })).toMatchInlineSnapshot(`
      "
      "provider.baseUrl" is not a known option. Did you mean "provider.baseURL"? [UNKNOWN_OPTION]
        at openProject()
        → Known here: baseURL, apiKey, headers, timeout, concurrency, imagesPerMinute, partialImages.
      "
    `)
  })
  test('a key in place of the provider', async () => {
    expect(await withOptions({ provider: 'sk-0123456789' })).toMatchInlineSnapshot(`
      "
      "provider" is a text that is not shown, because it may be a key. [BAD_OPTION]
        at openProject()
        → Allowed: "emulator", or an object of baseURL, apiKey, headers, timeout, concurrency, imagesPerMinute, partialImages.
      "
    `)
  })
  test('a budget in words', async () => {
    expect(await withOptions({ budget: { usd: '$5', images: -1 } })).toMatchInlineSnapshot(`
      "
      2 errors:

      "budget.images" is -1. [BAD_OPTION]
        at openProject()
        → Allowed: a number from 0, or "none" for no limit.

      "budget.usd" is "$5". [BAD_OPTION]
        at openProject()
        → Allowed: a number from 0, or "none" for no limit.
      "
    `)
  })
  test('a field of defaults that does not exist', async () => {
    expect(await withOptions({ defaults: { qualty: 'low', widths: 480 } })).toMatchInlineSnapshot(`
      "
      2 errors:

      "defaults.widths" is 480. [BAD_VALUE]
        at openProject()
        → Allowed: a list of whole numbers from 1 to 8192.

      "defaults.qualty" is not a known name here. Did you mean "quality"? [UNKNOWN_FIELD]
        at openProject()
        → Known here: style, model, size, quality, background, output_format, output_compression, moderation, extra, widths, formats, aspect, fit, position, encode, placeholder, as.
      "
    `)
  })
  test('a folder outside of the root', async () => {
    expect(await withOptions({ folder: '../pictures' })).toMatchInlineSnapshot(`
      "
      "folder" is "../pictures". [BAD_OPTION]
        at openProject()
        → Allowed: a folder below the root, such as generated-images, and not in node_modules.
      "
    `)
  })
  test('a folder that tools empty', async () => {
    expect(await withOptions({ folder: 'node_modules/pictures' })).toMatchInlineSnapshot(`
      "
      "folder" is "node_modules/pictures". [BAD_OPTION]
        at openProject()
        → Allowed: a folder below the root, such as generated-images, and not in node_modules.
      "
    `)
  })
  test('types in a file that is no declaration', async () => {
    expect(await withOptions({ types: 'src/images.ts' })).toMatchInlineSnapshot(`
      "
      "types" is "src/images.ts". [BAD_OPTION]
        at openProject()
        → Allowed: a path below the root that ends with .d.ts.
      "
    `)
  })
  test('a price in words', async () => {
    expect(
      await withOptions({ prices: { 'my-model': { perImage: '4 cents', textIn: 5 } } }),
    ).toMatchInlineSnapshot(`
      "
      "prices.my-model.perImage" is "4 cents". [BAD_OPTION]
        at openProject()
        → Allowed: a number from 0.
      "
    `)
  })
  test('a model without what it takes', async () => {
    expect(await withOptions({ models: { mine: { fields: { quality: 'low' } } } })).toMatchInlineSnapshot(`
      "
      5 errors:

      "models.mine.size" is not given. [BAD_OPTION]
        at openProject()
        → Allowed: an object whose kind is "list", "grid" or "open".

      "models.mine.fields.quality" is "low". [BAD_OPTION]
        at openProject()
        → Allowed: a list of words, or { min, max }.

      "models.mine.promptMax" is not given. [BAD_OPTION]
        at openProject()
        → Allowed: a whole number from 1.

      "models.mine.nMax" is not given. [BAD_OPTION]
        at openProject()
        → Allowed: a whole number from 1.

      "models.mine.stream" is not given. [BAD_OPTION]
        at openProject()
        → Allowed: true or false.
      "
    `)
  })
  test('a root that is not there', async () => {
    const { root } = await folderWith()
    const message = await failureOf(openProject({ root: join(root, 'nope') }))
    expect(message.replace(root, '…')).toMatchInlineSnapshot(`
      "
      "root" is "…/nope", where there is no folder. [BAD_OPTION]
        → Allowed: the project's folder.
      "
    `)
  })
  test('an address without its protocol', async () => {
    expect(await withOptions({ provider: { baseURL: 'api.cometapi.com/v1' } })).toMatchInlineSnapshot(`
      "
      "provider.baseURL" is not an address. [BAD_OPTION]
        → Allowed: an https address such as https://api.cometapi.com/v1; http for this machine only.
      "
    `)
  })
  test('an address that others can read', async () => {
    expect(await withOptions({ provider: { baseURL: 'http://images.example/v1' } })).toMatchInlineSnapshot(`
      "
      "provider.baseURL" is http://images.example, and the key would travel in the clear. [INSECURE_URL]
        → Use https; http is for this machine only (localhost, 127.0.0.1).
      "
    `)
  })
  test('an address with a password', async () => {
    expect(
      await withOptions({ provider: { baseURL: 'https://me:pw@images.example' } }),
    ).toMatchInlineSnapshot(`
      "
      "provider.baseURL" is an address with a password in it. [BAD_OPTION]
        → Allowed: an https address such as https://api.cometapi.com/v1; http for this machine only.
      "
    `)
  })
  test('a file and a program that are both wrong', async () => {
    const files: Files = { 'generate-images.config.json': { stale: 'no' } }
    expect(await withOptions({ provenance: 'yes' }, files)).toMatchInlineSnapshot(`
      "
      2 errors:

      "stale" is "no". [BAD_OPTION]
        at generate-images.config.json
        → Allowed: warn, error.

      "provenance" is "yes". [BAD_OPTION]
        at openProject()
        → Allowed: true or false.
      "
    `)
  })
})

describe('a configuration file', () => {
  test('that is not there', async () => {
    expect(await typed('plan --config images.config.ts')).toMatchInlineSnapshot(`
      "
      ✗ images.config.ts can't be loaded: there is no such file. [CONFIG_UNREADABLE]
        → Give --config a file that is there, or leave it out.
      exit status 2
      "
    `)
  })
  test('that throws', async () => {
    const text = "\nif (!process.env.NOPE) throw new Error('NOPE is not set.')\nexport default {}\n"
    expect(await typed('plan', { 'generate-images.config.ts': text })).toMatchInlineSnapshot(`
      "
      ✗ generate-images.config.ts can't be loaded: NOPE is not set. [CONFIG_UNREADABLE]
        at generate-images.config.ts:2
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      exit status 2
      "
    `)
  })
  test('without a default export', async () => {
    const files = { 'generate-images.config.ts': "export const mode = 'frozen'" }
    expect(await typed('plan', files)).toMatchInlineSnapshot(`
      "
      ✗ generate-images.config.ts can't be loaded: it has no default export. [CONFIG_UNREADABLE]
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      exit status 2
      "
    `)
  })
  test('that is no JSON', async () => {
    expect(
      await typed('plan', { 'generate-images.config.json': '{\n  mode: "frozen"\n}' }),
    ).toMatchInlineSnapshot(`
      "
      ✗ generate-images.config.json can't be loaded: it is no JSON (invalid symbol). [CONFIG_UNREADABLE]
        at generate-images.config.json:2
        → Mend it: it must hold the options as one JSON object, such as { "budget": { "usd": 1 } }.
      exit status 2
      "
    `)
  })
  test('that exports a function', async () => {
    expect(
      await typed('plan', { 'generate-images.config.mjs': 'export default () => ({})' }),
    ).toMatchInlineSnapshot(`
      "
      ✗ "options" is a function. [BAD_OPTION]
        at generate-images.config.mjs
        → Allowed: an object of mode, provider, budget, defaults, styles, models, prices, folder, include, exclude, alias, types, provenance, stale, site, root.
      exit status 2
      "
    `)
  })
})

describe('the environment', () => {
  test('a key with a public name', async () => {
    expect(await typed('plan', { '.env': 'VITE_COMETAPI_KEY=sk-0123456789' })).toMatchInlineSnapshot(`
      "
      ✗ VITE_COMETAPI_KEY holds an API key, and its prefix puts it into the pages you publish. [PUBLIC_KEY]
        at .env
        → Keep the key under the name COMETAPI_KEY alone, and make a new one if such a page was ever published.
      exit status 2
      "
    `)
  })
  test('the value of a key under a public name', async () => {
    const environment = { OPENAI_API_KEY: 'sk-0123456789', NEXT_PUBLIC_AI: 'sk-0123456789' }
    expect(await typed('plan', {}, environment)).toMatchInlineSnapshot(`
      "
      ✗ NEXT_PUBLIC_AI holds an API key, and its prefix puts it into the pages you publish. [PUBLIC_KEY]
        → Keep the key under the name OPENAI_API_KEY alone, and make a new one if such a page was ever published.
      exit status 2
      "
    `)
  })
  test('an address that is none', async () => {
    expect(await typed('plan', {}, { GENERATE_IMAGES_BASE_URL: 'cometapi' })).toMatchInlineSnapshot(`
      "
      ✗ "GENERATE_IMAGES_BASE_URL" is not an address. [BAD_OPTION]
        → Allowed: an https address such as https://api.cometapi.com/v1; http for this machine only.
      exit status 2
      "
    `)
  })
  test('a key of two lines', async () => {
    expect(await typed('plan', {}, { COMETAPI_KEY: 'sk-0123\nsk-4567' })).toMatchInlineSnapshot(`
      "
      ✗ "COMETAPI_KEY" is a text with spaces, line breaks or letters that no key has. [BAD_OPTION]
        → Allowed: the key alone, as the provider shows it.
      exit status 2
      "
    `)
  })
  test('no key where pictures are to be made', async () => {
    expect(await typed('', entry({}))).toMatchInlineSnapshot(`
      "
      ✗ 1 picture is to be made and no API key is set for api.cometapi.com. [NO_KEY]
        → Set COMETAPI_KEY (or OPENAI_API_KEY, or GENERATE_IMAGES_API_KEY) in .env.local; to try without one: --provider emulator.
      exit status 2
      "
    `)
  })
  test('a key that belongs to another address', async () => {
    const environment = {
      GENERATE_IMAGES_BASE_URL: 'https://images.example/v1',
      COMETAPI_KEY: 'sk-0123456789',
    }
    expect(await typed('', entry({}), environment)).toMatchInlineSnapshot(`
      "
      ✗ 1 picture is to be made and no API key is set for images.example. [NO_KEY]
        → Set GENERATE_IMAGES_API_KEY in .env.local: other keys are sent to their own provider alone.
      exit status 2
      "
    `)
  })
  test('CI, where nothing is asked for', async () => {
    expect(await typed('', entry({}), { CI: 'true' })).toMatchInlineSnapshot(`
      "
      ✗ src/cat: The picture is missing, and CI is set, so nothing is asked for (mode: frozen). [MISSING]
        at src/images.prompts.json:3:5
        → Run \`npx generate-images\` where there is a key, and commit the pictures it keeps.
      exit status 1
      "
    `)
  })
})

describe('a command line', () => {
  test('a command that does not exist', async () => {
    expect(await typed('chekc')).toMatchInlineSnapshot(`
      "
      ✗ There is no command "chekc". Did you mean "check"? [UNKNOWN_COMMAND]
        → Commands: generate, plan, check, redo, pick, adopt, prune, export, gallery, init, emulator. More of each: npx generate-images COMMAND --help.
      exit status 2
      "
    `)
  })
  test('a command of other tools', async () => {
    expect(await typed('build')).toMatchInlineSnapshot(`
      "
      ✗ There is no command "build". [UNKNOWN_COMMAND]
        → Commands: generate, plan, check, redo, pick, adopt, prune, export, gallery, init, emulator. More of each: npx generate-images COMMAND --help.
      exit status 2
      "
    `)
  })
  test('flags that do not exist', async () => {
    expect(await typed('plan --jsno --dry-run')).toMatchInlineSnapshot(`
      "
      ✗ 2 errors:

      "--jsno" is not a known option. Did you mean "--json"? [UNKNOWN_OPTION]
        → Known here: --config, --mode, --provider, --filter, --budget-images, --budget-usd, --concurrency, --json, --help, --version.

      "--dry-run" is not a known option. [UNKNOWN_OPTION]
        → Known here: --config, --mode, --provider, --filter, --budget-images, --budget-usd, --concurrency, --json, --help, --version.
      exit status 2
      "
    `)
  })
  test('a flag of another command', async () => {
    expect(await typed('plan --port 80')).toMatchInlineSnapshot(`
      "
      ✗ "--port" is not a known option. [UNKNOWN_OPTION]
        → Known here: --config, --mode, --provider, --filter, --budget-images, --budget-usd, --concurrency, --json, --help, --version.
      exit status 2
      "
    `)
  })
  test('a flag without its value', async () => {
    expect(await typed('--filter --mode draft')).toMatchInlineSnapshot(`
      "
      ✗ "--filter" is given without a value. [BAD_OPTION]
        → Allowed: --filter GLOB.
      exit status 2
      "
    `)
  })
  test('a switch with a value', async () => {
    expect(await typed('plan --json=yes')).toMatchInlineSnapshot(`
      "
      ✗ "--json" is given with the value "yes". [BAD_OPTION]
        → Allowed: --json without a value.
      exit status 2
      "
    `)
  })
  test('a flag twice', async () => {
    expect(await typed('plan --mode draft --mode frozen')).toMatchInlineSnapshot(`
      "
      ✗ "--mode" is given twice. [BAD_OPTION]
        → Allowed: --mode once.
      exit status 2
      "
    `)
  })
  test('numbers that are none', async () => {
    expect(await typed('--budget-usd 5€ --budget-images 1.5 --concurrency 0')).toMatchInlineSnapshot(`
      "
      ✗ 3 errors:

      "--budget-usd" is "5€". [BAD_OPTION]
        → Allowed: a number from 0 to 1000000, or none for no limit.

      "--budget-images" is "1.5". [BAD_OPTION]
        → Allowed: a whole number from 0 to 1000000, or none for no limit.

      "--concurrency" is "0". [BAD_OPTION]
        → Allowed: a whole number from 1 to 64.
      exit status 2
      "
    `)
  })
  test('a mode that does not exist', async () => {
    expect(await typed('--mode generat')).toMatchInlineSnapshot(`
      "
      ✗ "--mode" is "generat". Did you mean "generate"? [BAD_OPTION]
        → Allowed: generate, frozen, draft.
      exit status 2
      "
    `)
  })
  test('a provider that does not exist', async () => {
    expect(await typed('--provider openai')).toMatchInlineSnapshot(`
      "
      ✗ "--provider" is "openai". [BAD_OPTION]
        → Allowed: emulator; a real API is set by \`provider\` or GENERATE_IMAGES_BASE_URL.
      exit status 2
      "
    `)
  })
  test('an argument too many', async () => {
    expect(await typed('plan src/cat')).toMatchInlineSnapshot(`
      "
      ✗ "src/cat" is one argument too many. [BAD_OPTION]
        → Allowed: generate-images plan [FLAGS].
      exit status 2
      "
    `)
  })
  test('a filter that names no picture', async () => {
    expect(await typed('plan --filter src/cta', entry({}))).toMatchInlineSnapshot(`
      "
      ✗ "--filter" is "src/cta", which no picture's name matches. Did you mean "src/cat"? [BAD_OPTION]
        → Allowed: a name or a glob, such as paper-boat, src/blog/** or *-hero.
      exit status 2
      "
    `)
  })
  test('more pictures than the budget', async () => {
    const key = { COMETAPI_KEY: 'sk-0123456789' }
    expect(await typed('--budget-images 0', entry({}), key)).toMatchInlineSnapshot(`
      "
      ✗ The plan asks for 1 picture for about $0.05; the budget of a run is 0 pictures. Nothing was sent. [OVER_BUDGET]
        → Raise budget.images (--budget-images 1), or make fewer with --filter.
      exit status 3
      "
    `)
  })
  test('a model without a price', async () => {
    const fields = { model: 'our-model', quality: 'best' }
    const { sh } = await projectWith(entry(fields))
    const { status, err } = await sh([], { environment: { COMETAPI_KEY: 'sk-0123456789' } })
    expect(`\n${err}exit status ${status}\n`).toMatchInlineSnapshot(`
      "
      ! src/cat: The model our-model is not in the table; its fields are sent as written. [UNKNOWN_MODEL]
        at src/images.prompts.json:6:16
        → Add it to \`models\` (what it takes) and \`prices\` (what it costs) to have both checked.
      ✗ The price of our-model is not known, so the budget in dollars can't be held. [PRICE_UNKNOWN]
        → Add the model to \`prices\`, or take the limit away with budget.usd: "none" (--budget-usd none).
      exit status 3
      "
    `)
  })
  test('a port that does not exist', async () => {
    const { status, err } = await shell(['emulator', '--port', '70000', '--latency', '1s'])
    expect(`\n${err}exit status ${status}\n`).toMatchInlineSnapshot(`
      "
      ✗ 2 errors:

      "--port" is "70000". [BAD_OPTION]
        → Allowed: a whole number from 0 to 65535.

      "--latency" is "1s". [BAD_OPTION]
        → Allowed: a whole number from 0 to 600000.
      exit status 2
      "
    `)
  })
  test('everything at once', async () => {
    expect(await typed('plan --budgt-usd 5 --mode fast more --concurrency many')).toMatchInlineSnapshot(`
      "
      ✗ 4 errors:

      "--budgt-usd" is not a known option. Did you mean "--budget-usd"? [UNKNOWN_OPTION]
        → Known here: --config, --mode, --provider, --filter, --budget-images, --budget-usd, --concurrency, --json, --help, --version.

      "--mode" is "fast". [BAD_OPTION]
        → Allowed: generate, frozen, draft.

      "--concurrency" is "many". [BAD_OPTION]
        → Allowed: a whole number from 1 to 64.

      "more" is one argument too many. [BAD_OPTION]
        → Allowed: generate-images plan [FLAGS].
      exit status 2
      "
    `)
  })
})
