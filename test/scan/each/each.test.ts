// Pictures made of rows: the whole way from files of data to what is asked for.
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { startPaidApi, type TestApi } from '../../support/api.ts'
import { createSite, type Files, type Site } from '../../support/site.ts'

const ENTRY = { each: './shoes.json', prompt: 'A photo of {name}, {color}.', alt: '{name}' }
const SHOES = [
  { id: 'runner', name: 'Red runner', color: 'red' },
  { id: 'boot', name: 'Boot', color: 'black' },
]
const manifestOf = (images: object): Files => ({ 'src/images.prompts.json': { images } })

let api: TestApi
let site: Site
beforeEach(async () => {
  api = await startPaidApi()
  site = await createSite({ ...manifestOf({ 'shoes/{id}': ENTRY }), 'src/shoes.json': SHOES }, api.baseURL)
})
const collection = async () => (await site.open()).collect()
const messages = async () => (await collection()).errors.map(({ message }) => message)

describe('an entry with each', () => {
  it('is one picture a row; an edited row asks for its picture alone, and a new one', async () => {
    const { pictures } = await collection()
    expect(
      [...pictures.values()].map(({ name, alt, spec, places }) => [name, alt, spec.request.prompt, places]),
    ).toEqual([
      [
        'src/shoes/runner',
        'Red runner',
        'A photo of Red runner, red.',
        [{ file: 'src/shoes.json', line: 2, column: 3 }],
      ],
      ['src/shoes/boot', 'Boot', 'A photo of Boot, black.', [{ file: 'src/shoes.json', line: 7, column: 3 }]],
    ])
    await site.run()
    expect(api.posts).toBe(2)
    await site.run()
    expect(api.posts).toBe(2)
    const [runner, boot] = SHOES
    await site.write({
      'src/shoes.json': [runner, { ...boot, color: 'brown' }, { id: 'clog', name: 'Clog', color: 'wood' }],
    })
    await site.run()
    expect(api.posts).toBe(4)
    await site.write({ 'src/shoes.json': SHOES.toReversed() })
    expect((await site.plan()).totals).toMatchObject({ kept: 1, stale: 1, orphaned: 1, images: 0 })
  })

  it.each([
    ['YAML', 'yaml', '- id: a\n  n: One\n-\n  id: b\n  n: Two\n', [1, 4]],
    ['YAML by key', 'yml', 'a:\n  id: a\n  n: One\nb:\n  id: b\n  n: Two\n', [1, 4]],
    ['CSV', 'csv', '\uFEFFid,n\na,"One"\n\nb,Two\n', [2, 3]],
    ['CSV with semicolons', 'csv', 'id;n\r\na;One\r\nb;Two\r\n', [2, 3]],
    ['JSON', 'json', '[\n  {"id":"a","n":"One"},\n  {"id":"b","n":"Two","more":[{}]}\n]', [2, 3]],
    ['JSON by key', 'json', '{\n  "a": {"id":"a","n":"One"},\n  "b": {"id":"b","n":"Two"}\n}', [2, 3]],
  ])('reads rows of %s, with their lines', async (_, ending, text, lines) => {
    const entry = { each: `../data/rows.${ending}`, prompt: 'Number {n}.', alt: 'No. {n}' }
    await site.write({ ...manifestOf({ '{id}': entry }), [`data/rows.${ending}`]: text })
    const { pictures, errors, data } = await collection()
    expect(errors).toEqual([])
    expect(data).toEqual([`data/rows.${ending}`])
    expect([...pictures.values()].map(({ name, alt }) => [name, alt])).toEqual([
      ['src/a', 'No. One'],
      ['src/b', 'No. Two'],
    ])
    expect([...pictures.values()].map(({ places }) => places[0]!.line)).toEqual(lines)
  })

  it('reads the front matter of pages, whose own name is {file}', async () => {
    const entry = { each: './posts/*.md', prompt: 'A picture for {title}.', alt: '{title}' }
    await site.write({
      ...manifestOf({ 'covers/{file}': entry }),
      'src/posts/first.md': '---\ntitle: First\ntags: [a]\n---\n# Text\n---\n',
      'src/posts/second.md': '---\r\ntitle: "Second: more"\r\n---\r\n',
      'src/posts/notes.txt': 'nothing',
    })
    const { pictures, errors } = await collection()
    expect(errors).toEqual([])
    expect([...pictures.values()].map(({ name, alt }) => [name, alt])).toEqual([
      ['src/covers/first', 'First'],
      ['src/covers/second', 'Second: more'],
    ])
  })

  it('is there for imports by name, and in the import of the whole manifest', async () => {
    await site.write({
      'src/main.ts':
        "import a from './shoes/boot.png?generate'\nimport all from './images.prompts.json?generate'",
    })
    const { uses, errors } = await collection()
    expect(errors).toEqual([])
    const [one, all] = uses.map(({ use }) => use)
    expect(one).toMatchObject({ kind: 'picture', picture: { name: 'src/shoes/boot' } })
    expect(all!.kind === 'manifest' && [...all!.pictures.keys()]).toEqual(['shoes/runner', 'shoes/boot'])
  })

  it('has every mistake at its row, and in its entry where it stands there', async () => {
    await site.write({
      ...manifestOf({
        'shoes/{id}': { ...ENTRY, size: '1200x631', quality: 'huge' },
        fixed: ENTRY,
        'none/{id}': { ...ENTRY, each: './nothing.json' },
        'text/{id}': { ...ENTRY, each: './rows.txt' },
        'out/{id}': { ...ENTRY, each: '../../secret.json' },
        'odd/{id}': { ...ENTRY, each: './odd.json' },
        'half/{id}': { ...ENTRY, each: './half.json' },
      }),
      'src/shoes.json':
        '[{"id":"a","name":"A","colour":"red"},\n{"id":"a","name":"B","color":"red"},\n{"id":"a","name":"C","color":"red"},\n{"id":"///","name":"C","color":""}]',
      'src/odd.json': [1, 2],
      'src/half.json': '[{"id":',
    })
    expect((await messages()).join('\n')).toMatchInlineSnapshot(`
      "src/half.json has no rows to make pictures of: it is not JSON (Unexpected end of JSON input). [EACH_UNREADABLE]
        at src/half.json
        → Give a list of objects (JSON, YAML), a CSV file with a header, or pages with front matter.
      "fixed" can't be a picture's name: its entry has "each", so it needs a {field} that differs from row to row. [BAD_NAME]
        at src/images.prompts.json:10:5
        → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
      There is no file "./nothing.json", seen from the manifest. [EACH_NOTHING]
        at src/images.prompts.json:16:15
        → Write its path from the folder of the manifest, such as ./products.json or ./posts/*.md.
      ./rows.txt has no rows to make pictures of: its ending is none of json, yaml, yml, csv, md, mdx. [EACH_UNREADABLE]
        at src/images.prompts.json:21:15
        → Give a list of objects (JSON, YAML), a CSV file with a header, or pages with front matter.
      ../../secret.json has no rows to make pictures of: it lies outside the project. [EACH_UNREADABLE]
        at src/images.prompts.json:26:15
        → Give a list of objects (JSON, YAML), a CSV file with a header, or pages with front matter.
      src/odd.json has no rows to make pictures of: its row 1 is no object with fields. [EACH_UNREADABLE]
        at src/odd.json
        → Give a list of objects (JSON, YAML), a CSV file with a header, or pages with front matter.
      The field {color} of this row is not there. Did you mean "colour"? [EACH_FIELD]
        at src/shoes.json:1:2
        → Fields of this row: id, name, colour. For a brace in a text write it twice: {{.
      "shoes/a" is defined twice. [DEFINED_TWICE]
        at src/shoes.json:3:1, src/shoes.json:2:1
        → Keep one of the two entries.
      The field {id} of this row is "///", of which a name can keep nothing. [EACH_FIELD]
        at src/shoes.json:4:1
        → Fields of this row: id, name, color. For a brace in a text write it twice: {{.
      The field {color} of this row is empty. [EACH_FIELD]
        at src/shoes.json:4:1
        → Fields of this row: id, name, color. For a brace in a text write it twice: {{.
      src/shoes/a: "quality" is "huge", which gpt-image-2 does not take. [MODEL_FIELD]
        at src/images.prompts.json:8:18
        → gpt-image-2 takes: low, medium, high, auto."
    `)
    expect(api.posts).toBe(0)
  })

  it('reads through no link that leads out of the project', async () => {
    const outside = join(site.root, '..', `outside-${Date.now()}.json`)
    await writeFile(outside, JSON.stringify(SHOES))
    await mkdir(join(site.root, 'src/linked'))
    await symlink(outside, join(site.root, 'src/linked/rows.json'))
    await site.write(manifestOf({ 'shoes/{id}': { ...ENTRY, each: './linked/rows.json' } }))
    expect((await collection()).pictures.size).toBe(0)
    expect((await messages()).join()).toMatch(/EACH_(UNREADABLE|NOTHING)/)
  })

  it('plans ten thousand rows, and asks for the one that changed', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ id: `n${i}`, name: `Shoe ${i}`, color: 'red' }))
    await site.write({ 'src/shoes.json': rows })
    const project = await site.open()
    const before = await project.plan(await project.collect())
    expect(before.totals).toMatchObject({ missing: 10_000, images: 10_000 })
    await site.write({ 'src/shoes.json': rows.with(77, { ...rows[77]!, color: 'blue' }) })
    const after = await project.plan(await project.collect())
    const keys = new Set(before.images.map(({ key }) => key))
    expect(after.images.filter(({ key }) => !keys.has(key)).map(({ name }) => name)).toEqual([
      'src/shoes/n77',
    ])
  })
})

describe('the front matter of pages', () => {
  const entry = { each: './posts/**/*.md', where: 'image', prompt: '{image.prompt}', alt: '{image.alt}' }
  const page = (prompt: string) => `---\nimage:\n  prompt: ${prompt}\n  alt: Alt\n---\nText.`

  it('makes a picture by the path of each page that asks for one', async () => {
    await site.write({
      ...manifestOf({ '{path}': entry }),
      'src/posts/one.md': page('One.'),
      'src/posts/2026/two parts.md': page('Two.'),
      'src/posts/none.md': '---\ntitle: No picture\n---\n',
      'src/posts/plain.md': 'Text.',
    })
    const { pictures, errors } = await collection()
    expect(errors).toEqual([])
    expect([...pictures.values()].map(({ name, spec, alt }) => [name, spec.request.prompt, alt])).toEqual([
      ['src/posts/2026/two-parts', 'Two.', 'Alt'],
      ['src/posts/one', 'One.', 'Alt'],
    ])
    const { find } = await collection()
    expect(find('./one.png?generate', 'src/posts/one.md')).toMatchObject({
      picture: { name: 'src/posts/one' },
    })
  })

  it('may have a path of its own, which is a word like others', async () => {
    await site.write({
      ...manifestOf({ 'a/{path}': { ...entry, where: 'path', prompt: '{path}', alt: '{path}' } }),
      'src/posts/one.md': '---\npath: x/y\n---\n',
    })
    expect([...(await collection()).pictures.keys()]).toEqual(['src/a/x-y'])
  })

  it('is an error with its line where a page that asks lacks something', async () => {
    await site.write({
      ...manifestOf({ '{path}': entry }),
      'src/posts/one.md': '---\nimage:\n  prompt: One.\n---\n',
    })
    expect((await messages()).join()).toMatch(/image\.alt[\s\S]*src\/posts\/one\.md:1/)
  })

  it('where is for each alone', async () => {
    await site.write(manifestOf({ boat: { prompt: 'A boat.', where: 'image' } }))
    expect((await messages()).join()).toContain('"images.boat.where"')
  })
})
