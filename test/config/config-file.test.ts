import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CONFIG_FILES, findConfigFile, loadConfigFile } from '../../src/config/config-file.ts'
import { failureOf, folderWith } from './support.ts'

/** Loads a file of this name and text. */
async function load(name: string, text: string, others: Record<string, string> = {}): Promise<unknown> {
  const { root } = await folderWith({ ...others, [name]: text })
  return loadConfigFile(join(root, name), name)
}

const failure = async (name: string, text: string) =>
  (await failureOf(load(name, text))).replaceAll(/\/\S*\/site-\w+/g, '…')

describe('a configuration file', () => {
  it.each([
    [
      'generate-images.config.ts',
      "type Mode = 'frozen'\nconst mode: Mode = 'frozen'\nexport default { mode }",
    ],
    ['generate-images.config.mts', "const mode = 'frozen' as const\nexport default { mode }"],
    ['generate-images.config.js', "export default { mode: 'frozen' }"],
    ['generate-images.config.mjs', "export default { mode: 'frozen' }"],
    ['generate-images.config.json', '\uFEFF{ "mode": "frozen", /* while we travel */ }'],
  ])('may be %s', async (name, text) => {
    const options = await load(name, text, { 'package.json': '{ "type": "module" }' })
    expect(options).toEqual({ mode: 'frozen' })
  })

  it('as JSON has no prototype that nothing checks', async () => {
    const options = (await load(
      'generate-images.config.json',
      '{ "__proto__": { "budget": { "usd": 99 } } }',
    )) as {
      budget?: object
    }
    expect(options.budget).toBeUndefined()
    expect(Object.keys(options)).toEqual(['__proto__'])
    const deep = await failure('generate-images.config.json', '['.repeat(100) + ']'.repeat(100))
    expect(deep).toContain("generate-images.config.json can't be loaded: it is nested deeper than 64 levels.")
  })

  it('may import others, and wait', async () => {
    const text =
      "import { usd } from './money.ts'\nexport default Promise.resolve({ budget: { usd: await usd } })"
    const options = await load('generate-images.config.ts', text, {
      'money.ts': 'export const usd: Promise<number> = Promise.resolve(1)',
    })
    expect(options).toEqual({ budget: { usd: 1 } })
  })

  it('may be of CommonJS', async () => {
    const options = await load('generate-images.config.js', "module.exports = { mode: 'frozen' }", {
      'package.json': '{ "type": "commonjs" }',
    })
    expect(options).toEqual({ mode: 'frozen' })
  })

  it.each(CONFIG_FILES)('is found: %s', async (name) => {
    const { root } = await folderWith({ [name]: '' })
    expect(basename(findConfigFile(root)!)).toBe(name)
  })

  it('is the first of several', async () => {
    const { root } = await folderWith(Object.fromEntries(CONFIG_FILES.map((name) => [name, ''])))
    expect(basename(findConfigFile(root)!)).toBe('generate-images.config.ts')
    expect(findConfigFile(join(root, 'src'))).toBeUndefined()
  })

  it.each(['generate-images.config.mjs', 'generate-images.config.ts'])(
    'is read anew once it changed: %s',
    async (name) => {
      const { root } = await folderWith({ [name]: 'export default { budget: { usd: 1 } }' })
      const file = join(root, name)
      expect(await loadConfigFile(file, name)).toEqual({ budget: { usd: 1 } })
      await writeFile(file, 'export default { budget: { usd: 22 } }')
      expect(await loadConfigFile(file, name)).toEqual({ budget: { usd: 22 } })
    },
  )
})

describe('a configuration file that can not be loaded', () => {
  it('is not there', async () => {
    const { root } = await folderWith()
    const messages = await Promise.all(
      ['nope.ts', 'nope.mjs', 'nope.json'].map((name) => failureOf(loadConfigFile(join(root, name), name))),
    )
    expect(messages.join('')).toMatchInlineSnapshot(`
      "
      nope.ts can't be loaded: there is no such file. [CONFIG_UNREADABLE]
        → Give --config a file that is there, or leave it out.

      nope.mjs can't be loaded: there is no such file. [CONFIG_UNREADABLE]
        → Give --config a file that is there, or leave it out.

      nope.json can't be loaded: there is no such file. [CONFIG_UNREADABLE]
        → Give --config a file that is there, or leave it out.
      "
    `)
  })

  it('is no script', async () => {
    expect(await failure('options.yaml', 'mode: frozen')).toMatchInlineSnapshot(`
      "
      options.yaml can't be loaded: the ending ".yaml" is none of .ts, .mts, .js, .mjs and .json. [CONFIG_UNREADABLE]
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
  })

  it('is a folder', async () => {
    const { root } = await folderWith({ 'a.json/x': '', 'a.ts/x': '' })
    expect(await failureOf(loadConfigFile(join(root, 'a.ts'), 'a.ts'))).toMatchInlineSnapshot(`
      "
      a.ts can't be loaded: it is no file. [CONFIG_UNREADABLE]
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
    expect(await failureOf(loadConfigFile(join(root, 'a.json'), 'a.json'))).toMatchInlineSnapshot(`
      "
      a.json can't be loaded: it is no file. [CONFIG_UNREADABLE]
        → Mend it: it must hold the options as one JSON object, such as { "budget": { "usd": 1 } }.
      "
    `)
  })

  it('throws', async () => {
    expect(await failure('a.ts', "\nthrow new Error('no such team.\\nsecond line')")).toMatchInlineSnapshot(`
      "
      a.ts can't be loaded: no such team. [CONFIG_UNREADABLE]
        at a.ts:2
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
    expect(await failure('a.mjs', "throw 'no such team'")).toMatchInlineSnapshot(`
      "
      a.mjs can't be loaded: no such team. [CONFIG_UNREADABLE]
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
  })

  it('imports what is not there', async () => {
    expect(await failure('a.ts', "import './nope.ts'\nexport default {}")).toMatchInlineSnapshot(`
      "
      a.ts can't be loaded: Cannot find module './nope.ts'. [CONFIG_UNREADABLE]
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
  })

  it('is no TypeScript', async () => {
    expect(await failure('a.ts', 'export default {\n  mode:\n}')).toMatchInlineSnapshot(`
      "
      a.ts can't be loaded: ParseError: Unexpected token. [CONFIG_UNREADABLE]
        at a.ts:3
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
  })

  it('has no default export', async () => {
    expect(await failure('a.ts', "export const mode = 'frozen'")).toMatchInlineSnapshot(`
      "
      a.ts can't be loaded: it has no default export. [CONFIG_UNREADABLE]
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
    expect(await failure('a.mjs', '')).toMatchInlineSnapshot(`
      "
      a.mjs can't be loaded: it has no default export. [CONFIG_UNREADABLE]
        → Mend it: it must export the options, such as export default { budget: { usd: 1 } }.
      "
    `)
  })

  it('is no JSON', async () => {
    expect(await failure('a.json', '{\n  "mode": frozen\n}')).toMatchInlineSnapshot(`
      "
      a.json can't be loaded: it is no JSON (invalid symbol). [CONFIG_UNREADABLE]
        at a.json:2
        → Mend it: it must hold the options as one JSON object, such as { "budget": { "usd": 1 } }.
      "
    `)
    expect(await failure('a.json', '')).toMatchInlineSnapshot(`
      "
      a.json can't be loaded: it is no JSON (value expected). [CONFIG_UNREADABLE]
        at a.json:1
        → Mend it: it must hold the options as one JSON object, such as { "budget": { "usd": 1 } }.
      "
    `)
  })
})
