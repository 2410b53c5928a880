import { join, relative, resolve, sep } from 'node:path'
import { createError } from '../errors/index.ts'
import { nameProblem } from '../spec/names.ts'
import { EXTENSION } from '../spec/specs.ts'
import type { PictureType } from './record.ts'

/** Every real type that an original may have. */
export const PICTURE_TYPES: readonly PictureType[] = ['png', 'jpeg', 'webp']

/** The way from a folder to a file; as `relative`, and at a fraction of its cost where the file lies below. */
export function fromFolder(folder: string, file: string): string {
  return file.startsWith(folder + sep) ? file.slice(folder.length + 1) : relative(folder, file)
}

/** A path with forward slashes. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}

/** Where each file is kept. All paths are absolute; nothing here touches the disk. */
export interface Layout {
  readonly root: string
  /** The folder that is meant for git. */
  readonly folder: string
  readonly takes: string
  readonly spool: string
  readonly rejected: string
  readonly exchanges: string
  readonly claims: string
  /** What runs have reserved. */
  readonly runs: string
  readonly ledger: string
  readonly gitignore: string
  /** The picture of a name; its extension follows its real type. Throws BAD_NAME, as `record` does. */
  picture(name: string, type: PictureType): string
  record(name: string): string
  /** The name whose record a file of the folder is; `undefined` where it is none. */
  nameOf(recordFile: string): string | undefined
  takesOf(key: string): string
  take(key: string, take: number, type: PictureType): string
  takeRecord(key: string, take: number): string
  /** A path as people see it: relative to the root, forward slashes. */
  show(file: string): string
}

/** `folder` is relative to `root`. */
export function createLayout(root: string, folder = 'generated-images'): Layout {
  const base = resolve(root, folder)
  const takes = join(base, '.takes')
  // Each is looked at for several of its files, and a project may have thousands.
  const sound = new Map<string, string>()
  const show = (file: string) => slashed(fromFolder(root, file))
  const original = (name: string, extension: string) => {
    const known = sound.get(name)
    if (known !== undefined) return `${known}.${extension}`
    // Names begin with no dot, so none can meet `.takes` either.
    const problem = nameProblem(name)
    if (problem !== undefined) throw createError('BAD_NAME', { name, why: problem })
    const file = join(base, name)
    if (!file.startsWith(base + sep)) throw createError('BAD_NAME', { name, why: `it leaves ${show(base)}` })
    sound.set(name, file)
    return `${file}.${extension}`
  }
  const takesOf = (key: string) => {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new TypeError(`${key} is not a key`)
    return join(takes, key)
  }
  return {
    root,
    folder: base,
    takes,
    spool: join(takes, '.spool'),
    rejected: join(takes, '.rejected'),
    exchanges: join(takes, '.exchanges'),
    claims: join(takes, '.claims'),
    runs: join(takes, '.runs'),
    ledger: join(base, '.ledger.jsonl'),
    gitignore: join(base, '.gitignore'),
    picture: (name, type) => original(name, EXTENSION[type]),
    record: (name) => original(name, 'json'),
    nameOf(recordFile) {
      const name = slashed(fromFolder(base, recordFile))
        .replace(/\.json$/, '')
        // Some disks give letters back in parts.
        .normalize('NFC')
      return sound.has(name) || nameProblem(name) === undefined ? name : undefined
    },
    takesOf,
    take: (key, take, type) => join(takesOf(key), `${take}.${EXTENSION[type]}`),
    takeRecord: (key, take) => join(takesOf(key), `${take}.json`),
    show,
  }
}
