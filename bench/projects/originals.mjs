// Pictures that are kept: originals and their records, as many as are wanted.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runScript } from '../measure.mjs'
import { cli } from '../places.mjs'
import { withApi } from './api.mjs'
import { createProject, writeFiles } from './project.mjs'

const ONE = 'Picture number 0 of a bench.'
const promptOf = (number) => ONE.replace('0', String(number))
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** The text of a manifest with pictures `p0`, `p1`, …; `fields` are its defaults. */
export function manifestOf(count, fields = {}) {
  const images = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`p${i}`, { prompt: promptOf(i), alt: `Picture ${i}` }]),
  )
  return `${JSON.stringify({ defaults: fields, images }, null, 2)}\n`
}

/**
 * Makes writers of kept pictures. The first record is made by the command line; the others are copies of it with another
 * prompt, picture and key, as the form of records says (a key is the SHA-256 of the request as canonical JSON). That the
 * package takes them as kept is seen by each measure, whose builds would fail otherwise.
 */
export async function createKeeper(scratch) {
  const folder = createProject(join(scratch, 'template'), {
    files: { 'src/images.prompts.json': manifestOf(1) },
  })
  await withApi({ kind: 'tiny', pool: 1, latency: 0 }, (env) =>
    runScript([cli, 'generate'], { cwd: folder, env }),
  )
  const template = JSON.parse(readFileSync(join(folder, 'generated-images/src/p0.json'), 'utf8'))
  if (template.request.prompt !== ONE) throw new Error('The first record is not what was asked for')

  /** Writes picture `number` of a project whose manifest is in src/. `size` is { width, height, type }. */
  function keep(project, number, bytes, size) {
    const stem = join(project, 'generated-images/src', `p${number}`)
    const request = { ...template.request, prompt: promptOf(number) }
    const file = `p${number}.${size.type === 'jpeg' ? 'jpg' : size.type}`
    const original = { ...template.original, ...size, file, bytes: bytes.length, sha256: sha256(bytes) }
    const record = { ...template, request, key: sha256(JSON.stringify(sorted(request))), original }
    mkdirSync(join(project, 'generated-images/src'), { recursive: true })
    writeFileSync(join(project, 'generated-images/src', file), bytes)
    writeFileSync(`${stem}.json`, `${JSON.stringify(sorted(record), null, 2)}\n`)
  }

  /** Keeps pictures 0 … count − 1, drawn by `draw(number)`, and writes the manifest that asks for them. */
  async function keepMany(project, count, draw, { size, fields }) {
    writeFiles(project, { 'src/images.prompts.json': manifestOf(count, fields) })
    for (let first = 0; first < count; first += 8) {
      const some = Array.from({ length: Math.min(8, count - first) }, (_, i) => first + i)
      const drawn = await Promise.all(some.map(draw))
      some.forEach((number, i) => {
        keep(project, number, drawn[i], size)
      })
    }
  }

  return { keep, keepMany }
}

// Canonical JSON, as far as records need it: names in the order of their code units.
function sorted(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)]),
  )
}
