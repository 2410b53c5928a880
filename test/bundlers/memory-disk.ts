// An output file system in memory, as webpack and Rspack take one.
import { basename, dirname } from 'node:path'

type Done<T = void> = (error: Error | null, value?: T) => void

/** A disk that is a map of files by their path. */
export function createMemoryDisk(): { files: Map<string, Uint8Array>; fs: object } {
  const files = new Map<string, Uint8Array>()
  const folders = new Set<string>()
  const absent = () => Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' })
  const statOf = (path: string) => {
    const isFile = files.has(path)
    if (!isFile && !folders.has(path)) throw absent()
    const time = new Date(0)
    const times = {
      atimeMs: 0,
      mtimeMs: 0,
      ctimeMs: 0,
      birthtimeMs: 0,
      mtime: time,
      atime: time,
      ctime: time,
      birthtime: time,
    }
    return {
      isFile: () => isFile,
      isDirectory: () => !isFile,
      isSymbolicLink: () => false,
      size: files.get(path)?.length ?? 0,
      ...times,
    }
  }
  const sync = {
    mkdir(path: string) {
      for (let folder = path; !folders.has(folder); folder = dirname(folder)) folders.add(folder)
    },
    writeFile(path: string, content: string | Uint8Array) {
      files.set(path, Buffer.from(content as Uint8Array))
    },
    readFile(path: string) {
      const found = files.get(path)
      if (found === undefined) throw absent()
      return found
    },
    readdir: (path: string) =>
      [...files.keys(), ...folders]
        .filter((one) => one !== path && dirname(one) === path)
        .map((one) => basename(one)),
    stat: statOf,
    lstat: statOf,
    unlink: (path: string) => void files.delete(path),
    rmdir: (path: string) => void folders.delete(path),
  }
  const fs = Object.fromEntries(
    Object.entries(sync).map(([name, work]) => [
      name,
      (...args: unknown[]) => {
        const done = args.pop() as Done<unknown>
        try {
          done(null, (work as (...args: unknown[]) => unknown)(...args))
        } catch (error) {
          done(error as Error)
        }
      },
    ]),
  )
  return { files, fs }
}
