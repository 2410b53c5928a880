import { describe, expect, test } from 'vitest'
import { normalizeAlias } from '../../src/scan/alias.ts'
import { parseManifestFile } from '../../src/scan/index.ts'
import { createLookup } from '../../src/scan/lookup.ts'
import { parseSpecifier } from '../../src/spec/query.ts'
import { messages } from './support.ts'

const manifest = (file: string, ...names: string[]) =>
  parseManifestFile(
    JSON.stringify({ images: Object.fromEntries(names.map((name) => [name, 'A cat.'])) }),
    file,
  )

const MANIFESTS = [
  manifest('images.prompts.json', 'logo', 'src/banner', 'src/blog/both'),
  manifest('src/images.prompts.json', 'paper-boat', 'blog/hero', 'twin', 'v1.2'),
  manifest('src/blog/images.prompts.json', 'both', 'twin', 'note'),
]
const ALIAS = { '@': 'src', '@blog': 'src/blog/', '@/deep': 'src/blog', '/static': 'src', '#out': '../other' }

function find(written: string, importer = 'src/main.ts', manifests = MANIFESTS) {
  const place = { file: importer, line: 1, column: 1 }
  const { specifier, errors } = parseSpecifier(written, () => place)
  expect(errors).toEqual([])
  const target = createLookup(manifests).find(specifier, importer, { alias: ALIAS, place })
  if ('errors' in target) return messages(target.errors)
  return target.kind === 'inline'
    ? `inline ${target.name}`
    : `${target.kind === 'entry' ? target.name : 'all'} of ${target.manifest.file}`
}

describe('paths', () => {
  test.each([
    ['./paper-boat.png?generate', 'src/main.ts', 'src/paper-boat of src/images.prompts.json'],
    ['./paper-boat?generate', 'src/main.ts', 'src/paper-boat of src/images.prompts.json'],
    ['./paper-boat.JPG?generate&as=img', 'src/main.ts', 'src/paper-boat of src/images.prompts.json'],
    ['../paper-boat.webp?generate', 'src/blog/post.md', 'src/paper-boat of src/images.prompts.json'],
    ['./blog/../blog/hero.avif?generate', 'src/main.ts', 'src/blog/hero of src/images.prompts.json'],
    ['./v1.2.png?generate', 'src/main.ts', 'src/v1.2 of src/images.prompts.json'],
    ['./logo.png?generate', 'index.html', 'logo of images.prompts.json'],
    ['./src/banner.png?generate', 'index.html', 'src/banner of images.prompts.json'],
    ['/src/paper-boat.png?generate', 'src/blog/post.md', 'src/paper-boat of src/images.prompts.json'],
    ['/logo.png?generate', 'src/blog/post.md', 'logo of images.prompts.json'],
  ])('%s in %s', (written, importer, target) => {
    expect(find(written, importer)).toBe(target)
  })

  test('the manifest nearest to the picture counts, not the one nearest to the importing file', () => {
    expect(find('./blog/both.png?generate')).toBe('src/blog/both of src/blog/images.prompts.json')
    expect(find('./src/blog/hero.png?generate', 'index.html')).toBe(
      'src/blog/hero of src/images.prompts.json',
    )
    expect(find('../banner.png?generate', 'src/blog/post.md')).toBe('src/banner of images.prompts.json')
  })

  test('a path in percent form', () => {
    const files = [manifest('images.prompts.json', 'my boat')]
    expect(find('./my%20boat.png?generate', 'a.html', files)).toBe('my boat of images.prompts.json')
  })
})

describe('aliases', () => {
  test.each([
    ['@/paper-boat.png?generate', 'src/paper-boat of src/images.prompts.json'],
    ['@blog/note.png?generate', 'src/blog/note of src/blog/images.prompts.json'],
    ['@/deep/note.png?generate', 'src/blog/note of src/blog/images.prompts.json'],
    ['/static/paper-boat.png?generate', 'src/paper-boat of src/images.prompts.json'],
    ['~@/paper-boat.png?generate', 'src/paper-boat of src/images.prompts.json'],
    ['@/images.prompts.json?generate', 'all of src/images.prompts.json'],
    ['@/new.png?generate&prompt=A+cat', 'inline src/new'],
  ])('%s', (written, target) => {
    expect(find(written, 'src/blog/post.md')).toBe(target)
  })

  test('a prefix is whole folders', () => {
    expect(find('@scope/paper-boat.png?generate')).toContain('NO_SUCH_ENTRY')
  })

  test('folders may be absolute, and lead outside', () => {
    expect(normalizeAlias({ a: '/p/site/src', b: '/p/site', c: '/p/shared', d: 'src' }, '/p/site')).toEqual({
      a: 'src',
      b: '',
      c: '../shared',
      d: 'src',
    })
    expect(find('#out/a.png?generate')).toContain('OUTSIDE_ROOT')
  })
})

describe('bare names', () => {
  test.each([
    ['paper-boat?generate', 'src/paper-boat of src/images.prompts.json'],
    ['blog/hero?generate', 'src/blog/hero of src/images.prompts.json'],
    ['src/blog/hero?generate', 'src/blog/hero of src/images.prompts.json'],
    ['src/banner?generate', 'src/banner of images.prompts.json'],
    ['note.png?generate', 'src/blog/note of src/blog/images.prompts.json'],
    ['src/blog/both?generate', 'src/blog/both of src/blog/images.prompts.json'],
  ])('%s', (written, target) => {
    expect(find(written, 'index.html')).toBe(target)
  })

  test('with the extension of an image, they are first a path from their own file', () => {
    expect(find('twin.png?generate', 'src/blog/post.md')).toBe(
      'src/blog/twin of src/blog/images.prompts.json',
    )
    expect(find('blog/hero.png?generate', 'src/a.css')).toBe('src/blog/hero of src/images.prompts.json')
    expect(find('img/new.png?generate&prompt=A+cat', 'src/a.css')).toBe('inline src/img/new')
  })

  test('two entries of one name are an error that names both', () => {
    expect(find('twin?generate')).toMatchInlineSnapshot(`
      "
      "twin" could be "src/twin" of src/images.prompts.json or "src/blog/twin" of src/blog/images.prompts.json. [AMBIGUOUS_NAME]
        at src/main.ts:1:1
        → Import it by its path instead.
      "
    `)
    expect(find('twin?generate&prompt=A+cat')).toContain('AMBIGUOUS_NAME')
  })
})

describe('whole manifests', () => {
  test.each([
    ['./images.prompts.json?generate', 'src/main.ts', 'all of src/images.prompts.json'],
    ['../images.prompts.json?generate', 'src/main.ts', 'all of images.prompts.json'],
    ['/images.prompts.json?generate', 'src/main.ts', 'all of images.prompts.json'],
    ['images.prompts.json?generate', 'src/pages/a.ts', 'all of src/images.prompts.json'],
    ['blog/images.prompts.json?generate', 'src/main.ts', 'all of src/blog/images.prompts.json'],
    ['src/blog/images.prompts.json?generate', 'src/main.ts', 'all of src/blog/images.prompts.json'],
  ])('%s in %s', (written, importer, target) => {
    expect(find(written, importer)).toBe(target)
  })

  test('one that is not there', () => {
    expect(find('./blogs/images.prompts.json?generate')).toMatchInlineSnapshot(`
      "
      There is no manifest "./blogs/images.prompts.json". Did you mean "./blog/images.prompts.json" or "./images.prompts.json"? [NO_SUCH_MANIFEST]
        at src/main.ts:1:1
        → Found: images.prompts.json, src/images.prompts.json, src/blog/images.prompts.json.
      "
    `)
    expect(find('./image.prompts.json?generate')).toMatchInlineSnapshot(`
      "
      There is no manifest "./image.prompts.json". Did you mean "./images.prompts.json", "../images.prompts.json" or "./blog/images.prompts.json"? [NO_SUCH_MANIFEST]
        at src/main.ts:1:1
        → Found: images.prompts.json, src/images.prompts.json, src/blog/images.prompts.json.
      "
    `)
    expect(find('./images.prompts.json?generate', 'a.ts', [])).toMatchInlineSnapshot(`
      "
      There is no manifest "./images.prompts.json". [NO_SUCH_MANIFEST]
        at a.ts:1:1
        → No images.prompts.json was found in this project: write one.
      "
    `)
    expect(find('../../images.prompts.json?generate')).toContain('OUTSIDE_ROOT')
  })
})

describe('inline', () => {
  test('a prompt makes the picture of the path, whether or not an entry has it', () => {
    expect(find('./new.png?generate&prompt=A+cat')).toBe('inline src/new')
    expect(find('./paper-boat.png?generate&prompt=A+cat&size=16:9')).toBe('inline src/paper-boat')
    expect(find('new?generate&prompt=A+cat', 'src/blog/post.md')).toBe('inline new')
    expect(find('paper-boat?generate&prompt=A+cat', 'src/blog/post.md')).toBe('inline src/paper-boat')
  })
})

describe('mistakes', () => {
  test('no such entry, with what is near in the form of the specifier', () => {
    expect(find('./paper-baot.png?generate&as=picture')).toMatchInlineSnapshot(`
      "
      No manifest entry for "./paper-baot.png". Did you mean "./paper-boat.png"? [NO_SUCH_ENTRY]
        at src/main.ts:1:1
        → Looked into src/images.prompts.json, images.prompts.json. Add the entry there, or add &prompt=… to the import.
      "
    `)
    expect(find('../hero.png?generate', 'src/pages/a.ts')).toMatchInlineSnapshot(`
      "
      No manifest entry for "../hero.png". Did you mean "../blog/hero.png"? [NO_SUCH_ENTRY]
        at src/pages/a.ts:1:1
        → Looked into src/images.prompts.json, images.prompts.json. Add the entry there, or add &prompt=… to the import.
      "
    `)
    expect(find('/src/paperboat.webp?generate')).toMatchInlineSnapshot(`
      "
      No manifest entry for "/src/paperboat.webp". Did you mean "/src/paper-boat.webp"? [NO_SUCH_ENTRY]
        at src/main.ts:1:1
        → Looked into src/images.prompts.json, images.prompts.json. Add the entry there, or add &prompt=… to the import.
      "
    `)
    expect(find('papper-boat?generate')).toMatchInlineSnapshot(`
      "
      No manifest entry for "papper-boat". Did you mean "paper-boat"? [NO_SUCH_ENTRY]
        at src/main.ts:1:1
        → Looked into images.prompts.json, src/images.prompts.json, src/blog/images.prompts.json. Add the entry there, or add &prompt=… to the import.
      "
    `)
    expect(find('./cat.png?generate', 'a.ts', [MANIFESTS[2]!])).toMatchInlineSnapshot(`
      "
      No manifest entry for "./cat.png". [NO_SUCH_ENTRY]
        at a.ts:1:1
        → There is no images.prompts.json at or above this file: write one, or add &prompt=… to the import.
      "
    `)
  })

  test('a manifest that is broken above it speaks for itself', () => {
    const broken = parseManifestFile('{ "images": ', 'src/images.prompts.json')
    expect(find('./cat.png?generate', 'src/main.ts', [broken])).toBe(messages(broken.errors))
    expect(find('cat?generate', 'src/main.ts', [broken])).toBe(messages(broken.errors))
  })

  test('an entry with a mistake is an entry', () => {
    const files = [
      parseManifestFile('{ "images": { "cat": { "promt": "A cat." } } }', 'src/images.prompts.json'),
    ]
    expect(find('./cat.png?generate', 'src/main.ts', files)).toBe('src/cat of src/images.prompts.json')
  })

  test('so is one whose name has an extension that it should not have', () => {
    const files = [parseManifestFile('{ "images": { "cat.png": "A cat." } }', 'src/images.prompts.json')]
    expect(find('./cat.png?generate', 'src/main.ts', files)).toBe('src/cat of src/images.prompts.json')
  })

  test('words of the request without a prompt', () => {
    expect(find('./paper-boat.png?generate&quality=high&size=16:9&w=480')).toMatchInlineSnapshot(`
      "
      "size" belongs to the request for src/paper-boat, which the manifest holds. [SENT_IN_QUERY]
        at src/main.ts:1:1
        → Write "size" into the manifest's entry, or give this import a path and a prompt of its own.
      "quality" belongs to the request for src/paper-boat, which the manifest holds. [SENT_IN_QUERY]
        at src/main.ts:1:1
        → Write "quality" into the manifest's entry, or give this import a path and a prompt of its own.
      "
    `)
    expect(find('paper-boat?generate&model=gpt-image-2')).toContain('SENT_IN_QUERY')
    expect(find('./images.prompts.json?generate&prompt=A+cat')).toContain('SENT_IN_QUERY')
  })

  test('outside of the root', () => {
    expect(find('../../cat.png?generate')).toMatchInlineSnapshot(`
      "
      "../../cat.png" lies outside the project's root. [OUTSIDE_ROOT]
        at src/main.ts:1:1
        → Keep generated pictures inside the root, or set \`root\` to a folder that holds both.
      "
    `)
    expect(find('/../cat.png?generate')).toContain('OUTSIDE_ROOT')
    expect(find('../../cat.png?generate&prompt=A+cat')).toContain('OUTSIDE_ROOT')
    expect(find('..%2F..%2Fcat.png?generate&prompt=A+cat')).toContain('OUTSIDE_ROOT')
  })

  test('names that are none', () => {
    expect(find('./nul.png?generate&prompt=A+cat')).toMatchInlineSnapshot(`
      "
      "src/nul" can't be a picture's name: its part "nul" is a device on Windows. [BAD_NAME]
        at src/main.ts:1:1
        → Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.
      "
    `)
    expect(find('./a:b.png?generate')).toContain('BAD_NAME')
    expect(find('./?generate')).toContain('BAD_NAME')
    expect(find('.hidden?generate&prompt=A+cat')).toContain('BAD_NAME')
  })
})
