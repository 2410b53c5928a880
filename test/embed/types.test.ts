// The declarations as TypeScript reads them, in a strict project.
import { statSync } from 'node:fs'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltPackage, buildPackage, compile } from '../cli/built.ts'
import { createSite, type Site } from '../support/site.ts'

let built: Awaited<ReturnType<typeof buildPackage>>
beforeAll(async () => {
  built = await buildPackage()
})
afterAll(() => built.remove())

const TSCONFIG = {
  compilerOptions: {
    ...{ target: 'es2023', module: 'esnext', moduleResolution: 'bundler', lib: ['es2023', 'dom'], types: [] },
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noEmit: true },
  },
  include: ['src', 'generate-images.d.ts'],
}
const MANIFEST = {
  images: {
    'paper-boat': { prompt: 'A paper boat.', alt: 'A boat' },
    'works/paper-boat': { prompt: 'A boat of paper.', alt: 'Another', formats: ['webp'], placeholder: true },
    __proto__x: { prompt: 'An odd name.', alt: 'Odd' },
  },
}

async function projectOf({ root }: BuiltPackage, files: Record<string, string>): Promise<Site> {
  const all = { 'tsconfig.json': TSCONFIG, 'src/images.prompts.json': MANIFEST, ...files }
  const site = await createSite({ ...all, 'node_modules/x': '' }, 'http://127.0.0.1:1/v1')
  await symlink(root, join(site.root, 'node_modules/unplugin-generate-images'), 'dir')
  return site
}

async function writeTypes(site: Site): Promise<string> {
  const project = await site.open()
  await project.writeTypes(await project.collect())
  await project.close()
  return String(await site.read('generate-images.d.ts'))
}

/** What the compiler says of the project's own files; declarations of bundlers that are not installed are no matter. */
function said({ root }: Site): string {
  const lines = compile(['-p', root], root).split('\n')
  return `\n${lines.filter((line) => /^(src|generate-images)/.test(line)).join('\n')}\n`
}

/** The errors of the compiler, as `file(line): code`. */
async function errorsIn(files: Record<string, string>): Promise<string[]> {
  const site = await projectOf(built, files)
  await writeTypes(site)
  return [...said(site).matchAll(/^(\S+)\((\d+),\d+\): error (TS\d+)/gm)].map(
    ([, file, line, code]) => `${file}(${line}): ${code}`,
  )
}

const RIGHT = `
import type { GeneratedPicture, ImageName } from 'unplugin-generate-images'
import pictures from './images.prompts.json?generate'
import boat from './paper-boat.png?generate&as=picture'
import other from './works/paper-boat.png?generate&as=picture'
import url from './paper-boat.png?generate'
import set from './paper-boat.png?generate&as=srcset&w=480;960'
import img from './paper-boat.png?generate&as=img&placeholder=color'
import facts from './paper-boat.png?generate&as=metadata'
import original from './paper-boat.png?generate&as=original'
import bare from 'works/paper-boat?generate'
import starred from './stars.png?generate&prompt=3*2+stars&as=img'
import absolute from '/src/paper-boat.png?generate&as=img&format=avif'

const picture: GeneratedPicture<'avif' | 'webp'> = boat
const texts: string[] = [boat.img.src, boat.img.srcset, boat.sources.avif, boat.sources.webp, url, set, original, bare]
const sizes: number[] = [boat.img.width, boat.img.height, img.width, facts.width, starred.height, absolute.width]
const previews: string[] = [img.placeholder, other.placeholder, other.sources.webp]
const all: string[] = [pictures['paper-boat'], pictures['works/paper-boat'], pictures['__proto__x']]
const state: 'kept' | 'stale' | 'missing' = facts.state
const name: ImageName = 'src/works/paper-boat'
export { all, name, picture, previews, sizes, state, texts }
`

describe('generate-images.d.ts', () => {
  it('lets right use pass', async () => {
    expect(await errorsIn({ 'src/main.ts': RIGHT })).toEqual([])
  })

  it('refuses wrong names and wrong shapes, each at its line', async () => {
    const wrong = `
import boat from './paper-boat.png?generate&as=picture'
import other from './works/paper-boat.png?generate&as=picture'
import url from './paper-boat.png?generate'
import type { ImageName } from 'unplugin-generate-images'
boat.sources.jpeg
boat.nope
other.sources.avif
boat.placeholder
url.toFixed(2)
boat.img.width = 3
const name: ImageName = 'src/paper-boatt'
export { name }
`
    // A specifier that no declaration has: the build would refuse it as well.
    const mistyped = "import boat from './paper-boatt.png?generate&as=picture'\nexport default boat\n"
    const site = await projectOf(built, { 'src/wrong.ts': wrong })
    await writeTypes(site)
    await writeFile(join(site.root, 'src/mistyped.ts'), mistyped)
    expect(said(site)).toMatchInlineSnapshot(`
      "
      src/mistyped.ts(1,18): error TS2307: Cannot find module './paper-boatt.png?generate&as=picture' or its corresponding type declarations.
      src/wrong.ts(6,14): error TS2339: Property 'jpeg' does not exist on type '{ readonly avif: string; readonly webp: string; }'.
      src/wrong.ts(7,6): error TS2339: Property 'nope' does not exist on type '{ readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string; }; readonly sources: { readonly avif: string; readonly webp: string; }; }'.
      src/wrong.ts(8,15): error TS2339: Property 'avif' does not exist on type '{ readonly webp: string; }'.
      src/wrong.ts(9,6): error TS2339: Property 'placeholder' does not exist on type '{ readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string; }; readonly sources: { readonly avif: string; readonly webp: string; }; }'.
      src/wrong.ts(10,5): error TS2551: Property 'toFixed' does not exist on type 'string'. Did you mean 'fixed'?
      src/wrong.ts(11,10): error TS2540: Cannot assign to 'width' because it is a read-only property.
      src/wrong.ts(12,7): error TS2820: Type '"src/paper-boatt"' is not assignable to type '"src/__proto__x" | "src/paper-boat" | "src/works/paper-boat"'. Did you mean '"src/paper-boat"'?
      "
    `)
  })

  it('gives a specifier the types of all places that it stands in', async () => {
    const manifest = (formats: string[]) =>
      JSON.stringify({ images: { hero: { prompt: 'A hero.', alt: 'A hero', formats } } })
    const use = (member: string) =>
      `import hero from './hero.png?generate&as=picture'\nconst { sources } = hero\nexport default ${member}\n`
    const files = {
      'src/a/images.prompts.json': manifest(['avif']),
      'src/b/images.prompts.json': manifest(['webp']),
      'src/a/hero.ts': use("'avif' in sources ? sources.avif : sources.webp"),
      'src/b/hero.ts': use('sources.webp'),
    }
    expect(await errorsIn(files)).toEqual(['src/b/hero.ts(3): TS2339'])
  })

  it('is written only where it changes', async () => {
    const site = await projectOf(built, { 'src/main.ts': RIGHT })
    const first = await writeTypes(site)
    const marked = `${first}// mine\n`
    await writeFile(join(site.root, 'generate-images.d.ts'), marked)
    expect(await writeTypes(site)).toBe(first)
    const changed = () => statSync(join(site.root, 'generate-images.d.ts')).mtimeMs
    const before = changed()
    expect(await writeTypes(site)).toBe(first)
    expect(changed()).toBe(before)
  })
})

describe('unplugin-generate-images/types', () => {
  it('stands in before that file is written', async () => {
    const site = await projectOf(built, {
      'src/main.ts': `
import 'unplugin-generate-images/types'
import pictures from './images.prompts.json?generate'
import boat from './paper-boat.png?generate&w=480&as=picture'
import img from './any.png?generate&as=img'
import facts from './any.png?generate&as=metadata'
import url from './any.png?generate'
const texts: string[] = [boat.img.src, img.alt, facts.prompt, url]
const some: unknown = pictures['paper-boat']
export { some, texts }
boat.nope
`,
    })
    expect(said(site)).toMatchInlineSnapshot(`
      "
      src/main.ts(11,6): error TS2339: Property 'nope' does not exist on type 'GeneratedPicture<string>'.
      "
    `)
  })
})
