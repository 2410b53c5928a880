// The bytes of pictures: addresses that change with the bytes, handed out with the answers that name them. Nothing else is
// served.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Project } from '../config/project.ts'
import { scale } from '../render/layout.ts'
import { renditionSpecOf } from '../render/spec.ts'
import { EXTENSION, type RenditionSpec } from '../spec/specs.ts'
import type { Holding, OriginalRecord } from '../store/index.ts'
import type { PictureFile } from './protocol.ts'

/** Where pictures are, below the page's address. */
const ORIGINALS = 'originals/'
const THUMBNAILS = 'thumbnails/'

/** Pixels of a thumbnail's longer edge. */
const THUMBNAIL_EDGE = 480

/** A small webp of all of an original; `edge` is the most pixels of its longer edge. */
export function smallSpecOf({ original }: OriginalRecord, edge: number, project: Project): RenditionSpec {
  const encode = { webp: { quality: 70, effort: 3 } }
  return renditionSpecOf({
    original,
    look: { frame: { kind: 'whole' }, fit: 'cover', position: 'centre', encode },
    format: 'webp',
    ...scale(original, Math.min(1, edge / Math.max(original.width, original.height)), original),
    provenance: project.settings.provenance,
    encoder: project.encoder(),
  })
}

/** The pictures that answers have named. */
export interface Pictures {
  /** Names a picture: what the page is told of it. */
  name(holding: Holding): PictureFile
  /** The bytes of an address; `undefined` for one that was not handed out. */
  read(path: string): Promise<{ bytes: Uint8Array; type: string } | undefined>
  /** A small webp. Made once, and kept with the renditions. */
  thumbnail(holding: Holding, edge?: number): Promise<Uint8Array>
}

/** See `Pictures`. */
export function createPictures(project: Project): Pictures {
  const known = new Map<string, Holding>()
  const original = async ({ file, record }: Holding) => {
    // The way to it may be a link that leads out.
    if ((await project.store.fence.stat(file)) === undefined) return undefined
    const bytes = await readFile(file)
    const { sha256, type } = record.original
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return undefined
    return { bytes, type: `image/${type}` }
  }
  const thumbnail = async (holding: Holding, edge = THUMBNAIL_EDGE) => {
    if ((await project.store.fence.stat(holding.file)) === undefined) throw new Error('it is gone')
    const spec = smallSpecOf(holding.record, edge, project)
    const [made] = await project.renditions.ensure(holding, [{ spec, stem: 'thumbnail' }])
    return readFile(made!.file)
  }
  return {
    thumbnail,
    name(holding) {
      const { width, height, type, bytes, sha256 } = holding.record.original
      known.set(sha256, holding)
      const src = `${ORIGINALS}${sha256}.${EXTENSION[type]}`
      return { width, height, type, bytes, src, thumbnail: `${THUMBNAILS}${sha256}.webp` }
    },
    async read(path) {
      const [, folder, sha256 = ''] = /^(originals|thumbnails)\/([0-9a-f]{64})\.\w+$/.exec(path) ?? []
      const holding = known.get(sha256)
      if (holding === undefined) return undefined
      if (`${folder}/` === ORIGINALS) return original(holding)
      return { bytes: await thumbnail(holding), type: 'image/webp' }
    },
  }
}
