// Fields edited on the page, written back to where a person wrote them.
import { chmod, lstat, readlink, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EditBody } from '../../src/gallery/protocol.ts'
import { type Scene, startScene } from './support.ts'

const MANIFEST = `{
  // What we draw.
  "defaults": { "quality": "low" },
  "styles": { "ink": "Ink drawing.", "oil": "Oil." },
  "images": {
    "boat": { "prompt": ["A boat.", "Calm."], "style": "ink" }, // the first
    "hat": "A hat.",
  },
}
`

async function edit(scene: Scene, name: string, fields: EditBody['fields']) {
  const { editing } = await scene.details(name)
  return scene.call('edit', { name, stamp: editing!.stamp, fields })
}
const text = async (scene: Scene, file: string) => String(await scene.site.read(file))

describe('an entry of a manifest', () => {
  it('is shown as it stands there, with what holds for the rest and what may be chosen', async () => {
    const scene = await startScene({ 'images.prompts.json': MANIFEST })
    const { editing } = await scene.details('boat')
    expect(editing).toMatchObject({
      ...{ in: 'manifest', at: { file: 'images.prompts.json', line: 6, column: 5 } },
      fields: { prompt: 'A boat.\nCalm.', style: ['ink'] },
      inherited: { quality: 'low', size: '1024x1024' },
      ...{ styles: ['ink', 'oil'], qualities: ['low', 'medium', 'high', 'auto'] },
    })
    expect(editing!.inherited).not.toHaveProperty('prompt')
  })

  it('is edited in its place, comments and layout kept, and the answer is what became of it', async () => {
    const scene = await startScene({ 'images.prompts.json': MANIFEST })
    const { status, value } = await edit(scene, 'boat', {
      prompt: 'A boat.\nWild.',
      alt: 'A boat',
      style: null,
    })
    expect([status, value.prompt, value.alt]).toEqual([200, 'A boat.\nWild.', 'A boat'])
    expect(await text(scene, 'images.prompts.json')).toBe(
      MANIFEST.replace('"Calm."], "style": "ink" }', '"Wild."], "alt": "A boat" }'),
    )
    expect(scene.api.posts).toBe(0)
  })

  it('leaves what is made of a row of data to the data', async () => {
    const entry = '{ "images": { "{id}": { "each": "./rows.json", "prompt": "A {id}." } } }'
    const scene = await startScene({ 'images.prompts.json': entry, 'rows.json': [{ id: 'lamp' }] })
    const { editing, cannotEdit } = await scene.details('lamp')
    expect([editing, cannotEdit]).toEqual([null, expect.stringContaining('a row of data')])
    const { status, value } = await scene.call('edit', { name: 'lamp', stamp: '', fields: { alt: 'A lamp' } })
    expect([status, JSON.stringify(value)]).toEqual([422, expect.stringContaining('a row of data')])
    expect(await text(scene, 'images.prompts.json')).toBe(entry)
  })

  it('may be edited again and again', async () => {
    const scene = await startScene({ 'images.prompts.json': MANIFEST })
    for (const size of ['16:9', '1:1', null, 'auto']) {
      const { status, value } = await edit(scene, 'hat', { size })
      expect([status, value.editing?.fields.size]).toEqual([200, size ?? undefined])
    }
  })

  it('is not written where the file has changed since it was shown', async () => {
    const scene = await startScene({ 'images.prompts.json': MANIFEST })
    const { editing } = await scene.details('boat')
    const changed = MANIFEST.replace('A hat.', 'A red hat.')
    await scene.site.write({ 'images.prompts.json': changed })
    const { status, value } = await scene.call('edit', {
      name: 'boat',
      stamp: editing!.stamp,
      fields: { alt: 'B' },
    })
    expect([status, value.problem?.code]).toEqual([409, 'FILE_CHANGED'])
    expect(await text(scene, 'images.prompts.json')).toBe(changed)
  })

  it.each<readonly [string, EditBody['fields'], string]>([
    ['a size that is none', { size: 'huge' }, 'BAD_VALUE'],
    ['a size that no model makes', { size: '8000x8000' }, 'SIZE_TOO_LARGE'],
    ['a style that is not there', { style: ['pastel'] }, 'UNKNOWN_STYLE'],
    ['a quality that the model does not take', { quality: 'ultra' }, 'MODEL_FIELD'],
    ['no prompt', { prompt: null }, 'EDIT_FAILED'],
  ])('is not written with %s', async (_, fields, code) => {
    const scene = await startScene({ 'images.prompts.json': MANIFEST })
    const { status, value } = await edit(scene, 'boat', fields)
    expect([status, value.problem?.code]).toEqual([422, code])
    expect(await text(scene, 'images.prompts.json')).toBe(MANIFEST)
  })

  it('is not written where an import would then say otherwise', async () => {
    const scene = await startScene({
      'images.prompts.json': '{ "images": { "boat": "A boat." } }',
      'a.ts': `import a from './boat.png?generate&prompt=A+boat.'`,
    })
    const { status, value } = await edit(scene, 'boat', { prompt: 'A ship.' })
    expect([status, value.problem?.code]).toEqual([422, 'TWO_PROMPTS'])
    expect(await text(scene, 'images.prompts.json')).toBe('{ "images": { "boat": "A boat." } }')
  })

  it('keeps the rights of its file, and a link that it is', async () => {
    const scene = await startScene({
      'shared/prompts.json': '{ "images": { "boat": "A boat." } }',
      'a.txt': '',
    })
    const file = (name: string) => join(scene.site.root, name)
    await symlink('shared/prompts.json', file('images.prompts.json'))
    await chmod(file('shared/prompts.json'), 0o640)
    const { pictures } = await scene.list()
    // The scan does not follow links to files, so that there is nothing to edit.
    expect(pictures).toEqual([])
    await scene.site.write({ 'src/images.prompts.json': '{ "images": { "boat": "A boat." } }' })
    await chmod(file('src/images.prompts.json'), 0o640)
    expect((await edit(scene, 'src/boat', { alt: 'B' })).status).toBe(200)
    expect((await stat(file('src/images.prompts.json'))).mode & 0o777).toBe(0o640)
    expect((await lstat(file('images.prompts.json'))).isSymbolicLink()).toBe(true)
    expect(await readlink(file('images.prompts.json'))).toBe('shared/prompts.json')
  })

  it('of a name that is none is refused', async () => {
    const scene = await startScene({ 'images.prompts.json': MANIFEST })
    for (const name of ['nothing', '../../etc/passwd', '/etc/passwd', '__proto__', 'images.prompts.json']) {
      const { status } = await scene.call('edit', { name, stamp: 'x', fields: { prompt: 'A' } })
      expect([name, status >= 400]).toEqual([name, true])
    }
    expect(await text(scene, 'images.prompts.json')).toBe(MANIFEST)
  })
})

describe('an inline picture', () => {
  const MAIN = `import a from './boat.png?generate&prompt=A+boat&w=64&as=img'\r\n// the end\r\n`

  it('is edited in its source file', async () => {
    const scene = await startScene({ 'src/main.ts': MAIN })
    const { value: shown } = await edit(scene, 'src/boat', {
      prompt: "It's a boat",
      size: '16:9',
      alt: 'A "boat"',
    })
    expect(await text(scene, 'src/main.ts')).toBe(
      MAIN.replace(
        'prompt=A+boat&w=64&as=img',
        'prompt=It%27s+a+boat&w=64&as=img&size=16:9&alt=A+%22boat%22',
      ),
    )
    expect(shown).toMatchObject({ prompt: "It's a boat", alt: 'A "boat"', editing: { in: 'source' } })
    expect(scene.api.posts).toBe(0)
  })

  it('that stands in several places is edited in all of them, but for what each says for itself', async () => {
    const scene = await startScene({
      'src/main.ts': `import a from './boat.png?generate&prompt=A+boat&alt=First'\nimport b from './boat.png?generate&as=img&prompt=A+boat&alt=Second'`,
      'src/page.html': '<img src="./boat.png?generate&amp;prompt=A%20boat" alt="">',
    })
    const { status } = await edit(scene, 'src/boat', { prompt: 'A red ship', alt: 'One' })
    expect(status).toBe(200)
    expect(await text(scene, 'src/main.ts')).toBe(
      `import a from './boat.png?generate&prompt=A+red+ship&alt=One'\nimport b from './boat.png?generate&as=img&prompt=A+red+ship&alt=Second'`,
    )
    expect(await text(scene, 'src/page.html')).toBe(
      '<img src="./boat.png?generate&amp;prompt=A%20red%20ship" alt="">',
    )
  })

  it('in a file that is no UTF-8 is not edited', async () => {
    const bytes = Buffer.concat([Buffer.from(MAIN), Buffer.from([0x2f, 0x2f, 0xff, 0x0a])])
    const scene = await startScene({ 'src/main.ts': bytes })
    const { editing, cannotEdit } = await scene.details('src/boat')
    expect(editing).toBeNull()
    expect(cannotEdit).toMatch(/not UTF-8/)
    expect(await scene.site.read('src/main.ts')).toEqual(bytes)
  })
})
