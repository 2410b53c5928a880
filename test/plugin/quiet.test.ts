import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resolveOptions } from '../../src/config/resolve-options.ts'
import { embedDeclarations } from '../../src/embed/declarations.ts'
import { isQuiet } from '../../src/plugin/quiet.ts'
import { hasWord } from '../../src/scan/asks.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quiet-'))
  await write('src/main.js', "import x from './other.js'\nconsole.log(x)\n")
  await write(
    'vite.config.js',
    "import images from 'unplugin-generate-images/vite'\nexport default { plugins: [images()] }\n",
  )
  await write('generate-images.d.ts', embedDeclarations([], []))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}
const quiet = async (options = {}) =>
  isQuiet(await resolveOptions(options, { root, use: 'build', environment: {} }))

describe('a build is quiet', () => {
  it('where nothing asks for a picture', async () => expect(await quiet()).toBe(true))

  it.each([
    ['a manifest', 'src/images.prompts.json', '{}'],
    ['an import', 'src/page.ts', "import boat from './boat.png?generate'"],
    ['an import with more words', 'src/page.ts', "import boat from './boat.png?w=1&generate&as=url'"],
    ['an entity in it', 'index.html', '<img src="boat.png?w=1&amp;generate">'],
    ['an escape in it', 'src/page.ts', "import boat from './boat.png\\x3fgenerate\\x26as=url'"],
    ['a word without quotes behind it', 'src/page.css', 'a { background: url(boat.png?generate) }'],
    ['a picture that is kept', 'generated-images/boat.json', '{}'],
    ['types of pictures that are gone', 'generate-images.d.ts', 'declare module "*/boat.png?generate" {}'],
  ])('but not with %s', async (_, file, text) => {
    await write(file, text)
    expect(await quiet()).toBe(false)
  })

  it('but not where it can not look', async () => {
    await write('src/large.js', ' '.repeat(17 * 1024 * 1024))
    expect(await quiet()).toBe(false)
    expect(await quiet({ exclude: ['src/large.js'] })).toBe(true)
    expect(await quiet({ include: ['src/main.js'] })).toBe(true)
  })

  it('but not where a link stands in the place of the folder', async () => {
    await symlink('nowhere', join(root, 'generated-images'))
    expect(await quiet()).toBe(false)
  })

  it('without types where none are wanted', async () => {
    await rm(join(root, 'generate-images.d.ts'))
    expect([await quiet(), await quiet({ types: false })]).toEqual([false, true])
  })
})

it('the word is told from longer ones', () => {
  const has = (text: string) => hasWord(Buffer.from(text))
  expect(['a?generate', "'?generate'", 'to generate it', 'generateX generate;'].map(has)).toEqual([
    ...[true, true, true, true],
  ])
  expect(['', 'generates', 'generate-images', 'generate_x', 'generate(1)', 'degenerated'].map(has)).toEqual([
    ...[false, false, false, false, false, false],
  ])
})
