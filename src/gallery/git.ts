// What a commit has of the folder of pictures. Where there is no git, or no commit, there is nothing to compare with.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The folder of pictures as a commit has it. */
export interface Committed {
  /** The commit, as a person named it. */
  readonly name: string
  has(file: string): boolean
  /** Whether the file is another on the disk. */
  differs(file: string): boolean
  read(file: string): Promise<Buffer>
}

/** Bytes of the longest list of files, and of the largest picture. */
const MOST = 128 * 1024 * 1024

/** The folder (absolute) in a commit; `undefined` where there is no such commit. Files are named from the folder. */
export async function committedIn(folder: string, commit: string): Promise<Committed | undefined> {
  const git = async (...args: string[]): Promise<Buffer> => {
    const { stdout } = await run('git', args, { cwd: folder, encoding: 'buffer', maxBuffer: MOST })
    return stdout
  }
  const names = (list: Buffer) =>
    new Set(
      list
        .toString('utf8')
        .split('\0')
        .filter((name) => name !== ''),
    )
  try {
    const hash = String(await git('rev-parse', '--verify', '--end-of-options', `${commit}^{commit}`)).trim()
    const there = names(await git('ls-tree', '-r', '--name-only', '-z', hash))
    const changed = names(
      await git('diff', '--relative', '--name-only', '--no-ext-diff', '-z', hash, '--', '.'),
    )
    return {
      name: commit,
      has: (file) => there.has(file),
      differs: (file) => changed.has(file),
      read: (file) => git('show', `${hash}:./${file}`),
    }
  } catch {
    return undefined
  }
}
