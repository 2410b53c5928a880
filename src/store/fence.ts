// Keeps reading and writing inside the project. Its files come from commits, and a commit can bring a link in the place
// of any folder or file: real paths are compared, so that a root that is a link itself, or a link that stays inside, is
// fine. It guards against commits, not against programs that change the folder meanwhile.
import type { Stats } from 'node:fs'
import { stat as follow, lstat, readdir, readlink, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { createError } from '../errors/index.ts'
import { patient } from './patient.ts'
import { ignoreAbsent } from './read.ts'

/** Everything here throws LEAVES_PROJECT where a link leads out of the root; any other error of the disk as it comes. */
export interface Fence {
  /** Looks at the way to a folder, which need not be there yet. Once a folder: what was fine is remembered until `forget`. */
  folder(folder: string): Promise<void>
  /** What a file is, links followed, after a look at its folder; `undefined` where there is none. */
  stat(file: string): Promise<Stats | undefined>
  /** Looks at the way to a folder and at each link in it. */
  contents(folder: string): Promise<void>
  /** Looks at every folder anew from here on. */
  forget(): void
}

/** The fence around `root`. */
export function createFence(root: string): Fence {
  let realRoot: Promise<string> | undefined
  const fine = new Map<string, Promise<void>>()
  const isInside = async (path: string) => {
    realRoot ??= realOf(root)
    const way = relative(await realRoot, await realOf(path))
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  }
  const assertInside = async (path: string) => {
    if (!(await isInside(path))) throw await leaves(path)
  }
  /** Names the first link on the way that leads out. */
  const leaves = async (path: string) => {
    let link = path
    for (let above = path; relative(root, above) !== ''; above = dirname(above)) {
      if (relative(root, above).startsWith('..')) break
      if (!(await isInside(above))) link = above
    }
    const shown = relative(root, link).split(sep).join('/')
    return createError('LEAVES_PROJECT', { path: shown, target: await realOf(link) })
  }
  const folder = (at: string): Promise<void> => {
    const known = fine.get(at)
    if (known !== undefined) return known
    const looked = assertInside(at)
    fine.set(at, looked)
    looked.catch(() => fine.delete(at))
    return looked
  }

  return {
    folder,
    async stat(file) {
      await folder(dirname(file))
      const stats = await lstat(file).catch(ignoreAbsent)
      if (!stats?.isSymbolicLink()) return stats
      await assertInside(file)
      return follow(file).catch(ignoreAbsent)
    },
    async contents(at) {
      await folder(at)
      const entries = (await patient(() => readdir(at, { withFileTypes: true })).catch(ignoreAbsent)) ?? []
      for (const entry of entries) if (entry.isSymbolicLink()) await assertInside(join(at, entry.name))
    },
    forget() {
      realRoot = undefined
      fine.clear()
    },
  }
}

/** The real path of what may not be there: of its nearest folder that is, and through links that lead to nothing. */
async function realOf(path: string): Promise<string> {
  const real = await realpath(path).catch(ignoreAbsent)
  if (real !== undefined) return real
  const above = await realOf(dirname(path))
  const target = await readlink(path).catch(() => undefined)
  return target === undefined ? join(above, basename(path)) : realOf(resolve(above, target))
}
