import { readFile, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { formatPlace } from '../../src/errors/index.ts'
import { createScanner } from '../../src/scan/index.ts'
import { messages, scanProject, writeFiles, writeProject } from './support.ts'

const SITE = {
  'src/images.prompts.json': {
    defaults: { quality: 'high' },
    styles: { paper: 'Cut paper.', ink: 'Blue ink.' },
    images: { 'paper-boat': 'A paper boat.', 'blog/hero': { prompt: 'A harbour.', size: '16:9' } },
  },
  'src/main.ts': `import boat from './paper-boat.png?generate&as=picture'
import all from './images.prompts.json?generate'
const cat = import('./cat.png?generate&prompt=A+cat&size=16:9&alt=Cat&w=480&aspect=1:1')
`,
  'src/blog/post.md': '# Post\n\n![Harbour](./hero.png?generate)\n',
  'index.html': '<img src="/src/paper-boat.jpg?generate&amp;w=960" alt="">',
  'src/plain.ts': 'export const n = 1\n',
  'src/near.ts': 'export const generate = "?generate"\n',
}
const PROJECT = { defaults: { model: 'gpt-image-1' }, styles: { paper: 'Project paper.', oil: 'Oil.' } }

test('requests: every entry, then every inline import, with what stands behind them', async () => {
  const { requests, errors, files } = await scanProject(SITE, PROJECT)
  expect(errors).toEqual([])
  expect(files).toBe(5)
  expect(
    requests.map(({ locate, ...request }) => ({ ...request, at: formatPlace(locate()) })),
  ).toMatchInlineSnapshot(`
    [
      {
        "at": "src/images.prompts.json:10:5",
        "defaults": [
          {
            "quality": "high",
          },
          {
            "model": "gpt-image-1",
          },
        ],
        "fields": {
          "prompt": "A paper boat.",
        },
        "from": "manifest",
        "name": "src/paper-boat",
        "styles": {
          "ink": "Blue ink.",
          "oil": "Oil.",
          "paper": "Cut paper.",
        },
      },
      {
        "at": "src/images.prompts.json:11:5",
        "defaults": [
          {
            "quality": "high",
          },
          {
            "model": "gpt-image-1",
          },
        ],
        "fields": {
          "prompt": "A harbour.",
          "size": "16:9",
        },
        "from": "manifest",
        "name": "src/blog/hero",
        "styles": {
          "ink": "Blue ink.",
          "oil": "Oil.",
          "paper": "Cut paper.",
        },
      },
      {
        "at": "src/main.ts:3:21",
        "defaults": [
          {
            "model": "gpt-image-1",
          },
        ],
        "fields": {
          "alt": "Cat",
          "prompt": "A cat",
          "size": "16:9",
        },
        "from": "inline",
        "name": "src/cat",
        "styles": {
          "oil": "Oil.",
          "paper": "Project paper.",
        },
      },
    ]
  `)
})

test('uses: every specifier, where it stands and what it leads to', async () => {
  const { uses } = await scanProject(SITE, PROJECT)
  const lines = uses.map(({ place, written, target }) => {
    const leads = target.kind === 'manifest' ? target.manifest.file : target.name
    return `${formatPlace(place)} ${written} → ${target.kind} ${leads}`
  })
  expect(lines).toMatchInlineSnapshot(`
    [
      "index.html:1:11 /src/paper-boat.jpg?generate&w=960&decorative&as=picture → entry src/paper-boat",
      "src/blog/post.md:3:12 ./hero.png?generate&alt=Harbour&as=picture → entry src/blog/hero",
      "src/main.ts:1:19 ./paper-boat.png?generate&as=picture → entry src/paper-boat",
      "src/main.ts:2:18 ./images.prompts.json?generate → manifest src/images.prompts.json",
      "src/main.ts:3:21 ./cat.png?generate&prompt=A+cat&size=16:9&alt=Cat&w=480&aspect=1:1 → inline src/cat",
    ]
  `)
})

test('a field is located in its entry, else in the defaults of its manifest, else at the entry', async () => {
  const { requests } = await scanProject(SITE, PROJECT)
  const hero = requests.find(({ name }) => name === 'src/blog/hero')!
  const at = (...path: string[]) => hero.locate(path).line
  expect([at('size'), at('quality'), at('fit'), hero.locate().line]).toEqual([13, 3, 11, 11])
})

describe('lookupFor', () => {
  test('what the scan has seen is found with its place, by a relative or an absolute importer', async () => {
    const root = await writeProject(SITE)
    const scan = await createScanner({ root, ...PROJECT }).scan()
    for (const importer of ['src/main.ts', './src/main.ts', join(root, 'src/main.ts?vue&type=script')]) {
      const { place, target, request, errors } = scan.lookupFor(
        './paper-boat.png?generate&as=picture',
        importer,
      )
      expect(formatPlace(place)).toBe('src/main.ts:1:19')
      expect(target).toMatchObject({ kind: 'entry', name: 'src/paper-boat' })
      expect(errors).toEqual([])
      expect(request).toBeUndefined()
    }
  })

  test('what it has not seen is looked up; an inline picture comes with its request', async () => {
    const root = await writeProject(SITE)
    const { lookupFor } = await createScanner({ root, alias: { '@': join(root, 'src') }, ...PROJECT }).scan()
    expect(lookupFor('@/blog/hero.png?generate', 'src/made.ts').target).toMatchObject({
      name: 'src/blog/hero',
    })
    expect(lookupFor(`${root}/src/blog/hero.png?generate`, 'src/made.ts').target).toMatchObject({
      name: 'src/blog/hero',
    })
    const { target, request } = lookupFor('./dog.png?generate&prompt=A+dog', join(root, 'src/made.ts'))
    expect(target).toEqual({ kind: 'inline', name: 'src/dog' })
    expect(request).toMatchObject({
      name: 'src/dog',
      fields: { prompt: 'A dog' },
      from: 'inline',
      defaults: [PROJECT.defaults],
    })
    expect(request!.locate(['prompt'])).toEqual({ file: 'src/made.ts' })
  })

  test('mistakes come with it', async () => {
    const { lookupFor } = await scanProject(SITE, PROJECT)
    expect(lookupFor('./hreo.png?generate', 'src/blog/a.ts')).toMatchObject({
      target: undefined,
      errors: [{ code: 'NO_SUCH_ENTRY' }],
    })
    expect(lookupFor('./hero.png?generate&w=x', 'src/blog/a.ts').errors.map(({ code }) => code)).toEqual([
      'BAD_VALUE',
    ])
    expect(lookupFor('../../../a.png?generate', '/elsewhere/a.ts').errors.map(({ code }) => code)).toEqual([
      'OUTSIDE_ROOT',
    ])
  })
})

describe('a second scan', () => {
  const counting = (root: string) => {
    const read: string[] = []
    const scanner = createScanner({
      root,
      ...PROJECT,
      readFile: async (path) => {
        read.push(path.slice(root.length + 1))
        return readFile(path)
      },
    })
    return { scanner, taken: () => read.splice(0).sort() }
  }

  test('reads nothing where nothing has changed', async () => {
    const { scanner, taken } = counting(await writeProject(SITE))
    const first = await scanner.scan()
    expect(taken()).toEqual(Object.keys(SITE).sort())
    const second = await scanner.scan()
    expect(taken()).toEqual([])
    expect(second.uses).toEqual(first.uses)
    expect(second.requests.map(({ name }) => name)).toEqual(first.requests.map(({ name }) => name))
  })

  test('reads what has changed or is new, and forgets what is gone', async () => {
    const root = await writeProject(SITE)
    const { scanner, taken } = counting(root)
    await scanner.scan()
    taken()
    await writeFiles(root, {
      'src/main.ts': "import a from 'paper-boat?generate'\n",
      'src/new.css': 'a { background: url(blog/hero.png?generate) }',
    })
    await rm(join(root, 'index.html'))
    const { uses, files } = await scanner.scan()
    expect(taken()).toEqual(['src/main.ts', 'src/new.css'])
    expect(uses.map(({ place }) => place.file)).toEqual(['src/blog/post.md', 'src/main.ts', 'src/new.css'])
    expect(files).toBe(5)
  })

  test('sees a change of the same size by its time', async () => {
    const root = await writeProject({ 'a.ts': "import './a.png?generate&prompt=A+cat'" })
    const { scanner } = counting(root)
    await scanner.scan()
    await writeFiles(root, { 'a.ts': "import './a.png?generate&prompt=A+dog'" })
    await utimes(join(root, 'a.ts'), new Date(), new Date(Date.now() + 5000))
    expect((await scanner.scan()).requests[0]?.fields.prompt).toBe('A dog')
  })

  test('looks the uses up again where a manifest has changed', async () => {
    const root = await writeProject(SITE)
    const { scanner, taken } = counting(root)
    await scanner.scan()
    taken()
    await writeFiles(root, { 'src/images.prompts.json': { images: { 'paper-boat': 'A boat.' } } })
    const { errors } = await scanner.scan()
    expect(taken()).toEqual(['src/images.prompts.json'])
    expect(errors.map(({ code, places }) => `${code} ${places.map(formatPlace)}`)).toEqual([
      'NO_SUCH_ENTRY src/blog/post.md:3:12',
    ])
  })
})

describe('mistakes', () => {
  test('all at once over several files', async () => {
    const root = fileURLToPath(new URL('../../fixtures/scan/mistakes', import.meta.url))
    const { errors } = await createScanner({ root, alias: { '@': 'src' }, defaults: {}, styles: {} }).scan()
    await expect(messages(errors)).toMatchFileSnapshot('./__snapshots__/mistakes-project.txt')
  })

  test('a name in two manifests', async () => {
    const { errors, requests } = await scanProject({
      'images.prompts.json': { images: { 'src/hero': 'One.' } },
      'src/images.prompts.json': { images: { hero: 'Two.' } },
    })
    expect(requests.map(({ name }) => name)).toEqual(['src/hero'])
    expect(messages(errors)).toMatchInlineSnapshot(`
      "
      "src/hero" is defined twice. [DEFINED_TWICE]
        at src/images.prompts.json:3:5, images.prompts.json:3:5
        → Keep one of the two entries.
      "
    `)
  })

  test('names that differ in case alone, each pair once', async () => {
    const { errors } = await scanProject({
      'src/images.prompts.json': { images: { Hero: 'One.', hero: 'Two.' } },
      'src/a.ts':
        "import a from './HERO.png?generate&prompt=A'\nimport b from './HERO.png?generate&prompt=A'",
    })
    expect(messages(errors)).toMatchInlineSnapshot(`
      "
      "src/Hero" and "src/hero" would be one file on macOS and Windows. [CASE_CLASH]
        at src/images.prompts.json:3:5, src/images.prompts.json:4:5
        → Write the name in the same way in both places, or give one of the two another name.
      "src/Hero" and "src/HERO" would be one file on macOS and Windows. [CASE_CLASH]
        at src/images.prompts.json:3:5, src/a.ts:1:16
        → Write the name in the same way in both places, or give one of the two another name.
      "
    `)
  })

  test('a name that is none with its folder before it', async () => {
    const folder = 'a-long-folder-name/'.repeat(21)
    const { errors, requests } = await scanProject({
      [`${folder}images.prompts.json`]: { images: { hero: 'One.' } },
    })
    expect(errors.map(({ code }) => code)).toEqual(['BAD_NAME'])
    expect(requests).toEqual([])
  })

  test('the same mistake is told once', async () => {
    const { errors } = await scanProject({
      'images.prompts.json': '{ "images": ',
      'a.ts': "import a from './a.png?generate'\nimport b from './b.png?generate'",
    })
    expect(errors.map(({ code }) => code)).toEqual(['MANIFEST_SYNTAX'])
  })

  test('files that can not be read', async () => {
    const files = {
      'images.prompts.json': { images: {} },
      'a.ts': 'export {}',
      'b.ts': "import './b.png?generate&prompt=B'",
    }
    const root = await writeProject(files)
    const refuse = (code: string) => Object.assign(new Error(code), { code })
    const scanner = createScanner({
      root,
      defaults: {},
      styles: {},
      readFile: async (path) => {
        if (path.endsWith('.json')) throw refuse('EACCES')
        if (path.endsWith('a.ts')) throw refuse('EIO')
        return readFile(path)
      },
    })
    const { errors, requests } = await scanner.scan()
    expect(messages(errors)).toMatchInlineSnapshot(`
      "
      a.ts can't be read: EIO. [FILE_UNREADABLE]
        at a.ts
        → Make the file readable, or leave it out with \`exclude\`.
      images.prompts.json can't be read: permission denied. [FILE_UNREADABLE]
        at images.prompts.json
        → Make the file readable, or leave it out with \`exclude\`.
      "
    `)
    expect(requests.map(({ name }) => name)).toEqual(['b'])
  })

  test('a file that was unreadable is read again', async () => {
    const root = await writeProject({ 'a.ts': "import './a.png?generate&prompt=A'" })
    let broken = true
    const scanner = createScanner({
      root,
      defaults: {},
      styles: {},
      readFile: async (path) => {
        if (broken) throw Object.assign(new Error('EIO'), { code: 'EIO' })
        return readFile(path)
      },
    })
    expect((await scanner.scan()).errors).toHaveLength(1)
    broken = false
    expect((await scanner.scan()).errors).toEqual([])
  })
})

test('a file that vanishes while the scan runs is passed over', async () => {
  const root = await writeProject({ 'a.ts': 'generate', 'b.ts': "import './b.png?generate&prompt=B'" })
  const scanner = createScanner({
    root,
    defaults: {},
    styles: {},
    readFile: async (path) => {
      if (path.endsWith('a.ts')) await rm(path)
      return readFile(path)
    },
  })
  const { errors, requests, files } = await scanner.scan()
  expect(errors).toEqual([])
  expect([requests.length, files]).toEqual([1, 1])
})

test('names of JavaScript are names of files and pictures like any other', async () => {
  const { requests, errors } = await scanProject({
    'images.prompts.json': '{ "images": { "__proto__": "A.", "constructor": "B." } }',
    'a.ts':
      "import './__proto__.png?generate'\nimport 'constructor?generate'\nimport './toString.png?generate&prompt=A'",
  })
  expect(errors).toEqual([])
  expect(requests.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString'])
})

test('a byte order mark and CRLF do not move the places', async () => {
  const { uses } = await scanProject({
    'a.ts': "\uFEFFimport './a.png?generate&prompt=A'\r\nimport './b.png?generate&prompt=B'",
  })
  expect(uses.map(({ place }) => formatPlace(place))).toEqual(['a.ts:1:9', 'a.ts:2:9'])
})
