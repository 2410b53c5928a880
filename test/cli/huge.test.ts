// Projects far beyond what people write, as a commit or a script that went wrong may bring them: each ends in an answer
// that says what is too much, or in a plan.
import { describe, expect, test } from 'vitest'
import type { Files } from '../support/site.ts'
import { projectWith } from './support.ts'

const entries = (count: number, entry: (index: number) => string) =>
  `{ "images": {\n${Array.from({ length: count }, (_, i) => `"picture-${i}": ${entry(i)}`).join(',\n')}\n} }`
const MB = 1024 * 1024

/** What `plan` says, cut where it is long. */
async function plan(files: Files): Promise<{ status: number; out: string; err: string }> {
  const { sh } = await projectWith(files)
  const { status, out, err } = await sh(['plan', '--budget-images', 'none', '--budget-usd', 'none'])
  return { status, out, err: err.length > 100_000 ? `${err.length} characters` : err }
}

describe('too much of it', () => {
  test.each<[string, Files, string]>([
    [
      'a manifest of 50 MB',
      { 'images.prompts.json': entries(25_000, () => `{ "prompt": "${'a boat '.repeat(300)}" }`) },
      'The manifest has 51 MB; 16 MB are the most. [TOO_LARGE]\n  at images.prompts.json\n  → Split it into several manifests',
    ],
    [
      'a million entries in one manifest',
      { 'images.prompts.json': entries(1_000_000, () => '"A."') },
      'The manifest has 23 MB; 16 MB are the most. [TOO_LARGE]',
    ],
    [
      'a hundred thousand entries in two and two more',
      Object.fromEntries(
        ['a', 'b'].map((folder) => [`${folder}/images.prompts.json`, entries(50_001, () => '"A."')]),
      ),
      'The project has 100002 pictures; 100000 are the most. [TOO_LARGE]\n  → Leave folders out with `exclude`',
    ],
    [
      'a hundred thousand levels',
      {
        'images.prompts.json': `{ "images": { "a": { "prompt": "b", "extra": { "c": ${'['.repeat(100_000)}${']'.repeat(100_000)} } } } }`,
      },
      "The manifest can't be read: it is nested deeper than 64 levels. [MANIFEST_SYNTAX]",
    ],
    [
      'a prompt of 15 MB',
      { 'images.prompts.json': `{ "images": { "a": "${'lorem '.repeat(2.5 * MB)}" } }` },
      'a: The prompt has 15728639 characters; gpt-image-2 takes 32000. [PROMPT_TOO_LONG]',
    ],
    [
      'a hundred thousand imports and one',
      { 'a.css': 'a { background: url("./boat.png?generate&prompt=A") }\n'.repeat(100_001) },
      'The project has 100001 imports; 100000 are the most. [TOO_LARGE]',
    ],
    [
      'a manifest of ten thousand that is imported whole two dozen times',
      {
        'images.prompts.json': entries(10_000, () => '"A."'),
        'a.js': "import './images.prompts.json?generate'\n".repeat(26),
      },
      'The project has 260000 pictures in its imports of whole manifests; 250000 are the most. [TOO_LARGE]',
    ],
  ])('%s', async (_, files, message) => {
    const { status, out, err } = await plan(files)
    expect(err).toContain(message)
    expect([status, out]).toEqual([2, ''])
    expect(err.length).toBeLessThan(2_000)
  })

  test.each<[string, Files]>([
    [
      'entries that are all wrong',
      { 'images.prompts.json': entries(11_000, () => '{ "prompt": "A.", "qualty": "low" }') },
    ],
    ['entries of one name', { 'images.prompts.json': `{"images":{${'"a":"A.",'.repeat(200_000)}}}` }],
    [
      'styles that are not there',
      {
        'images.prompts.json': entries(5_000, () => '{ "prompt": "A.", "style": "papr" }').replace(
          '{',
          `{ "styles": {${Array.from({ length: 1000 }, (_, i) => `"paper-${i}": "P"`)}},`,
        ),
      },
    ],
    [
      'imports that lead nowhere',
      {
        'images.prompts.json': entries(10_000, () => '"A."'),
        'a.js': Array.from({ length: 5_000 }, (_, i) => `import a from './pictura-${i}.png?generate'`).join(
          '\n',
        ),
      },
    ],
    [
      'words that are not known',
      {
        'a.js': `import a from './a.png?generate&prompt=A${Array.from({ length: 100_000 }, (_, i) => `&word${i}=1`).join('')}'`,
      },
    ],
  ])('%s: the first hundred mistakes are printed', async (_, files) => {
    const { status, out, err } = await plan(files)
    expect([status, out]).toEqual([2, ''])
    expect(err.match(/ {2}→ /g)!.length).toBeLessThanOrEqual(100)
    expect(err.length).toBeLessThan(80_000)
    expect(err).toMatch(/and \d+ more errors\.\n$|\d+ more words in it are wrong/)
  })

  test('source files above 8 MB are told and not scanned, unless nothing in them can matter', async () => {
    const line = 'const generate = "a?generat"; \n'
    const large = line.repeat((9 * MB) / line.length)
    const { status, out, err } = await plan({
      'images.prompts.json': { images: { boat: { prompt: 'A boat.', alt: 'A boat' } } },
      'bundle.js': large,
      'one-line.js': '?generate'.repeat(1_200_000),
      'small.js': "import boat from './boat.png?generate'",
      'vendor.js': `${large}import a from './none.png?generate'`,
    })
    expect(err.match(/\[(\w+)\]\n {2}at [\w.-]+/g)).toEqual([
      '[NOT_SCANNED]\n  at one-line.js',
      '[NOT_SCANNED]\n  at vendor.js',
    ])
    expect(err).toContain('The file has 11 MB; of more than 8 MB it is not scanned')
    expect([status, out.includes('1 missing')]).toEqual([0, true])
  })
})

describe('much, and not too much', () => {
  test('ten thousand entries, used many times', async () => {
    const { status, out, err } = await plan({
      'images.prompts.json': entries(10_000, (i) => `{ "prompt": "A boat ${i}.", "alt": "A boat" }`),
      'a.css': 'a { background: url("./picture-7.png?generate") }\n'.repeat(20_000),
      'a.js': "import './images.prompts.json?generate'\n".repeat(5),
    })
    expect([err, status]).toEqual(['', 0])
    expect(out).toContain('0 kept, 10000 missing.')
    expect(out.split('\n').find((line) => line.includes(' picture-7 '))).toContain('images.prompts.json:9:1')
  })

  test('warnings for all of them', async () => {
    const { status, err } = await plan({ 'images.prompts.json': entries(3_000, () => '"A."') })
    expect(err.match(/NO_ALT/g)).toHaveLength(100)
    expect(err).toContain('and 2900 more warnings.')
    expect(status).toBe(0)
  })
})
