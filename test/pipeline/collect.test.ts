// From files to pictures and uses: every mistake at once, and what a module of a build is given.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Collection, Use } from '../../src/pipeline/collect.ts'
import { createSite, type Files, manifest } from '../support/site.ts'

const NOBODY = 'http://127.0.0.1:9/v1'

async function collect(files: Files): Promise<Collection & { root: string }> {
  const site = await createSite(files, NOBODY)
  const project = await site.open()
  return { ...(await project.collect()), root: site.root }
}

const messages = (errors: readonly Error[]) => errors.map(({ message }) => message)

function pictureOf(use: Use) {
  if (use.kind !== 'picture') throw new Error(`a ${use.kind}`)
  return use
}

describe('two requests for one path', () => {
  test('two inline prompts: both places are named', async () => {
    const { errors } = await collect({
      'a.ts': "\nimport boat from './boat.png?generate&prompt=A+boat'",
      'b/b.ts': "import boat from '../boat.png?generate&prompt=A+ship&size=16:9'",
    })
    expect(messages(errors)).toMatchInlineSnapshot(`
      [
        "boat: This name is asked for with two different requests: "A boat" (gpt-image-2, 1024x1024, medium) and "A ship" (gpt-image-2, 1536x864, medium). [TWO_PROMPTS]
        at a.ts:2:19, b/b.ts:1:19
        → Give one of the two another name, or make both requests the same.",
      ]
    `)
  })

  test('a manifest and an inline prompt', async () => {
    const { errors } = await collect({
      ...manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } }),
      'main.ts': "import boat from './boat.png?generate&prompt=A+ship'",
    })
    expect(messages(errors)).toMatchInlineSnapshot(`
      [
        "boat: This name is asked for with two different requests: "A boat." (gpt-image-2, 1024x1024, medium) and "A ship" (gpt-image-2, 1024x1024, medium). [TWO_PROMPTS]
        at images.prompts.json:3:5, main.ts:1:19
        → Give one of the two another name, or make both requests the same.",
      ]
    `)
  })

  test('two manifests: told once', async () => {
    const { errors } = await collect({
      ...manifest({ 'blog/hero': 'A boat.' }),
      'blog/images.prompts.json': { images: { hero: 'A ship.' } },
    })
    expect(messages(errors)).toMatchInlineSnapshot(`
      [
        ""blog/hero" is defined twice. [DEFINED_TWICE]
        at images.prompts.json:3:5, blog/images.prompts.json:3:5
        → Keep one of the two entries.",
      ]
    `)
  })

  test('the same request twice is one picture with both places', async () => {
    const { errors, pictures } = await collect({
      ...manifest({ boat: 'A boat.' }),
      'main.ts': "import boat from './boat.png?generate&prompt=A+boat.&as=img'",
      'other.ts': "import boat from './boat.webp?generate'",
    })
    expect(errors).toEqual([])
    expect([...pictures.values()].map(({ name, from, places }) => [name, from, places])).toEqual([
      [
        'boat',
        'manifest',
        [
          { file: 'images.prompts.json', line: 3, column: 5 },
          { file: 'main.ts', line: 1, column: 19 },
          { file: 'other.ts', line: 1, column: 19 },
        ],
      ],
    ])
  })
})

test('all mistakes at once, each at its place', async () => {
  const { errors } = await collect({
    ...manifest({ boat: { prompt: 'A boat.', qualty: 'low' }, hat: { prompt: 'A hat.', quality: 'best' } }),
    'main.ts': "import kite from './kyte.png?generate'\nimport hat from './hat.png?generate&as=url&w=1;2'",
  })
  expect(messages(errors)).toMatchInlineSnapshot(`
    [
      ""images.boat.qualty" is not a known name here. Did you mean "quality"? [UNKNOWN_FIELD]
      at images.prompts.json:5:7
      → Known here: prompt, style, model, size, quality, background, output_format, output_compression, moderation, extra, alt, decorative, widths, formats, aspect, fit, position, encode, placeholder, as, each, where.",
      "No manifest entry for "./kyte.png". [NO_SUCH_ENTRY]
      at main.ts:1:19
      → Looked into images.prompts.json. Add the entry there, or add &prompt=… to the import.",
      "hat: "quality" is "best", which gpt-image-2 does not take. [MODEL_FIELD]
      at images.prompts.json:9:18
      → gpt-image-2 takes: low, medium, high, auto.",
    ]
  `)
})

describe('text alternatives', () => {
  test('entries without one are named, the decorative are not', async () => {
    const { warnings } = await collect(
      manifest({
        bare: 'A boat.',
        told: { prompt: 'A boat.', alt: 'A boat' },
        silent: { prompt: 'A boat.', decorative: true },
      }),
    )
    expect(messages(warnings)).toMatchInlineSnapshot(`
      [
        "bare: There is no text alternative. [NO_ALT]
        at images.prompts.json:3:5
        → Add "alt": a sentence for people who do not see the picture, or "decorative": true.",
      ]
    `)
  })

  test('an inline prompt, where its shape has room for one', async () => {
    const { warnings, uses } = await collect({
      'main.ts': [
        "import a from './a.png?generate&prompt=A+boat&as=url'",
        "import b from './b.png?generate&prompt=A+boat&as=img'",
        "import c from './c.png?generate&prompt=A+boat&as=img&alt=A+boat'",
        "import d from './d.png?generate&prompt=A+boat&as=picture&decorative'",
      ].join('\n'),
    })
    expect(messages(warnings)).toMatchInlineSnapshot(`
      [
        "b: There is no text alternative. [NO_ALT]
        at main.ts:2:16
        → Add "alt": a sentence for people who do not see the picture, or "decorative": true.",
      ]
    `)
    expect(uses.map(({ use }) => pictureOf(use).alt)).toEqual([undefined, undefined, 'A boat', ''])
  })

  test('an entry that is a background alone needs none; one that is shown as a picture does', async () => {
    const { warnings } = await collect({
      ...manifest({ waves: 'Waves.', boat: 'A boat.' }),
      'main.ts': "import a from './waves.png?generate'\nimport b from './boat.png?generate&as=picture'",
    })
    expect(warnings.map(({ code, picture }) => `${code} ${picture}`)).toEqual(['NO_ALT boat'])
  })

  test("an import's own wins over its entry's", async () => {
    const { uses } = await collect({
      ...manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } }),
      'main.ts': "import a from './boat.png?generate&alt=Mine'\nimport b from './boat.png?generate'",
    })
    expect(uses.map(({ use }) => pictureOf(use).alt)).toEqual(['Mine', 'A boat'])
  })
})

test('a manifest import is all of its pictures, by the names that it has for them', async () => {
  const { uses, pictures } = await collect({
    'blog/images.prompts.json': {
      images: { hero: { prompt: 'A boat.', as: 'img' }, 'posts/one': 'A hat.' },
    },
    'blog/main.ts': "import pictures from './images.prompts.json?generate'",
    'elsewhere/images.prompts.json': { images: { other: 'A kite.' } },
  })
  const { use } = uses[0]!
  if (use.kind !== 'manifest') throw new Error('not a manifest')
  expect(use.file).toBe('blog/images.prompts.json')
  expect([...use.pictures].map(([name, { picture, as }]) => [name, picture.name, as])).toEqual([
    ['hero', 'blog/hero', 'img'],
    ['posts/one', 'blog/posts/one', 'url'],
  ])
  expect(pictures.get('blog/hero')!.places.at(-1)).toMatchObject({ file: 'blog/main.ts', line: 1 })
  expect(pictures.get('elsewhere/other')!.places).toHaveLength(1)
})

describe('find: what a module of a build is given', () => {
  const files = {
    ...manifest({ boat: 'A boat.', 'blog/hero': 'A hero.' }),
    'src/main.ts': "import boat from '../boat.png?generate&as=img'",
  }

  test('a specifier that the scan saw', async () => {
    const { find, uses, pictures, root } = await collect(files)
    const found = pictureOf(find('../boat.png?generate&as=img', join(root, 'src/main.ts')))
    const { as, look, alt } = pictureOf(uses[0]!.use)
    expect(found).toEqual({ kind: 'picture', picture: pictures.get('boat'), as, look, alt })
    expect(find('../boat.png?generate&as=img', 'src/main.ts')).toEqual(found)
  })

  test('one that it did not see: of an entry, of another look, inline, by an absolute path', async () => {
    const { find, pictures, root } = await collect(files)
    const hero = pictureOf(find('./blog/hero.png?generate&as=picture&w=100', 'virtual.ts'))
    expect([hero.picture.name, hero.as, hero.look.widths]).toEqual(['blog/hero', 'picture', [100]])
    const absolute = pictureOf(find(`${root}/blog/hero.png?generate`, 'src/deep/other.ts'))
    expect(absolute.picture.spec).toBe(hero.picture.spec)
    const kite = pictureOf(find('./kite.png?generate&prompt=A+kite', 'src/made-by-a-plugin.ts'))
    expect(kite.picture).toMatchObject({ name: 'src/kite', from: 'inline' })
    expect(pictures.get('src/kite')).toBe(kite.picture)
    expect(find('./kite.png?generate&prompt=A+kite', 'src/made-by-a-plugin.ts')).toEqual(kite)
  })

  test('mistakes in it are thrown, and spoil nothing else', async () => {
    const { find, errors } = await collect(files)
    expect(() => find('./hero.png?generate', 'blog/a.ts')).not.toThrow()
    const thrown = (written: string) => {
      try {
        find(written, 'src/late.ts')
      } catch (error) {
        return (error as Error).message
      }
      throw new Error('found')
    }
    expect([
      thrown('./baot.png?generate'),
      thrown('../boat.png?generate&as=imgs'),
      thrown('../boat.png?generate&prompt=A+ship'),
      thrown('./new.png?generate&prompt=A+ship&quality=best'),
    ]).toMatchInlineSnapshot(`
      [
        "No manifest entry for "./baot.png". [NO_SUCH_ENTRY]
        at src/late.ts
        → Looked into images.prompts.json. Add the entry there, or add &prompt=… to the import.",
        ""as" is "imgs". [BAD_VALUE]
        at src/late.ts
        → Allowed: url, srcset, img, picture, image-set, metadata, original.",
        "boat: This name is asked for with two different requests: "A boat." (gpt-image-2, 1024x1024, medium) and "A ship" (gpt-image-2, 1024x1024, medium). [TWO_PROMPTS]
        at images.prompts.json:3:5, src/main.ts:1:19, src/late.ts
        → Give one of the two another name, or make both requests the same.",
        "src/new: "quality" is "best", which gpt-image-2 does not take. [MODEL_FIELD]
        at src/late.ts
        → gpt-image-2 takes: low, medium, high, auto.",
      ]
    `)
    expect(errors).toEqual([])
    expect(pictureOf(find('../boat.png?generate', 'src/late.ts')).picture.spec.request.prompt).toBe('A boat.')
  })
})
