// Names that every object of JavaScript has already are names of pictures and styles like any other, from the manifest
// to the page: nothing is lost, and no prototype is changed.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseRecord } from '../../src/store/record.ts'
import { codeOf, createSite, type Site, seenBy, VITES } from './site.ts'

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length']
const MANIFEST = `{
  "styles": { "constructor": "Cut paper.", "toString": "Soft shadows.", "valueOf": "Muted." },
  "images": { ${NAMES.map(
    (name) =>
      `"${name}": { "prompt": "It is ${name}.", "alt": "${name}", "widths": [64], "style": ["constructor", "toString"] }`,
  ).join(',\n')} }
}`
const HTML = '<!doctype html><html><body><script type="module" src="/main.ts"></script></body></html>'

let site: Site
beforeEach(async () => {
  site = await createSite({ 'index.html': HTML, 'images.prompts.json': MANIFEST })
})
afterEach(() => site.remove())

test('a manifest of them is an object by those names', async () => {
  const imports = [
    './images.prompts.json?generate&as=metadata',
    './images.prompts.json?generate&as=img',
    './__proto__.png?generate&as=metadata',
    'constructor?generate&as=metadata',
    './more/__proto__.png?generate&prompt=A+boat.&style=valueOf&as=metadata',
  ]
  await site.write(
    'main.ts',
    `${imports.map((specifier, index) => `import x${index} from '${specifier}'`).join('\n')}
     globalThis.seen = [${imports.map((_, index) => `x${index}`).join(', ')}]`,
  )
  const output = await site.build(await VITES[0]![1](), { styles: { valueOf: 'From the options.' } })
  const seen: unknown = Object.values(await seenBy(codeOf(output)))
  const [metadata, images, proto, ctor, inline] = seen as [
    Record<string, { name: string; prompt: string }>,
    Record<string, { alt: string; src: string }>,
    { name: string },
    { name: string },
    { name: string; prompt: string },
  ]
  for (const all of [metadata, images]) {
    expect(Object.keys(all)).toEqual(NAMES)
    expect(Object.getPrototypeOf(all)).toBe(Object.prototype)
  }
  for (const name of NAMES) {
    expect(Object.getOwnPropertyDescriptor(metadata, name)?.value).toMatchObject({
      name,
      prompt: `Cut paper.\nSoft shadows.\nIt is ${name}.`,
    })
    expect(Object.getOwnPropertyDescriptor(images, name)?.value.src).toMatch(
      new RegExp(`^/assets/${name}-64-[\\w-]{8}\\.jpg$`),
    )
    const text = await readFile(join(site.root, `generated-images/${name}.json`), 'utf8')
    expect(parseRecord(text, name).request.prompt).toBe(`Cut paper.\nSoft shadows.\nIt is ${name}.`)
    expect(existsSync(join(site.root, `generated-images/${name}.png`))).toBe(true)
  }
  expect([proto.name, ctor.name, inline.name]).toEqual(['__proto__', 'constructor', 'more/__proto__'])
  expect(inline.prompt).toBe('From the options.\nA boat.')
  expect(({} as { prompt?: string }).prompt).toBeUndefined()

  const types = await readFile(join(site.root, 'generate-images.d.ts'), 'utf8')
  expect(types).toContain('    | "__proto__"\n')
  expect(types).toMatch(/readonly "__proto__": \{ readonly src: string;/)
})
