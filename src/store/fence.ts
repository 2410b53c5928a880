// Keeps reading and writing inside the project. Its files come from commits, and a commit can bring a link in the place
// of any folder or file: real paths are compared, so that a root that is a link itself, or a link that stays inside, is
// fine. It guards against commits, not against programs that change the folder meanwhile.
import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { createError } from '../errors/index.ts'
import { patient } from './patient.ts'
import { ifThere, ignoreAbsent } from './read.ts'

/** Everything here throws LEAVES_PROJECT where a link leads out of the root; any other error of the disk as it comes. */
export interface Fence {
  /** Looks at the way to a folder, which need not be there yet. Once a folder: what was fine is remembered until `forget`. */
  folder(folder: string): Promise<void>
  /** What a file is, links followed, after a look at its folder; `undefined` where there is none. */
  stat(file: string): Promise<Stats | undefined>
  /** The same at once, for tens of thousands of files: waiting for each costs many times the look itself. */
  look(file: string): Stats | undefined
  /** Looks at the way to a folder and at each link in it. */
  contents(folder: string): Promise<void>
  /** Looks at every folder anew from here on. */
  forget(): void
}

/** The fence around `root`. */
export function createFence(root: string): Fence {
  let realRoot: string | undefined
  const fine = new Set<string>()
  const isInside = (path: string) => {
    realRoot ??= realOf(root)
    const way = relative(realRoot, realOf(path))
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  }
  const assertInside = (path: string) => {
    if (!isInside(path)) throw leaves(path)
  }
  /** Names the first link on the way that leads out. */
  const leaves = (path: string) => {
    let link = path
    for (let above = path; relative(root, above) !== ''; above = dirname(above)) {
      if (relative(root, above).startsWith('..')) break
      if (!isInside(above)) link = above
    }
    const shown = relative(root, link).split(sep).join('/')
    return createError('LEAVES_PROJECT', { path: shown, target: realOf(link) })
  }
  const lookAtFolder = (at: string): void => {
    if (fine.has(at)) return
    assertInside(at)
    fine.add(at)
  }
  const look = (file: string): Stats | undefined => {
    lookAtFolder(dirname(file))
    const stats = ifThere(() => lstatSync(file, { throwIfNoEntry: false }))
    if (!stats?.isSymbolicLink()) return stats
    assertInside(file)
    return ifThere(() => statSync(file))
  }

  return {
    folder: async (at) => lookAtFolder(at),
    stat: async (file) => look(file),
    look,
    async contents(at) {
      lookAtFolder(at)
      const entries = (await patient(() => readdir(at, { withFileTypes: true })).catch(ignoreAbsent)) ?? []
      for (const entry of entries) if (entry.isSymbolicLink()) assertInside(join(at, entry.name))
    },
    forget() {
      realRoot = undefined
      fine.clear()
    },
  }
}

/** The real path of what may not be there: of its nearest folder that is, and through links that lead to nothing. */
function realOf(path: string): string {
  const real = ifThere(() => realpathSync.native(path))
  if (real !== undefined) return real
  const above = realOf(dirname(path))
  const target = targetOf(path)
  return target === undefined ? join(above, basename(path)) : realOf(resolve(above, target))
}

function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
