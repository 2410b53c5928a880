// A mount namespace of one's own, for disks that are small, full or read-only: nothing that is mounted in it is seen
// outside, and it goes away with the process that holds it.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

const isRoot = process.getuid?.() === 0
const NEW = isRoot ? ['-m'] : ['-U', '-r', '-m']
const ENTER = isRoot ? ['-m'] : ['-U', '--preserve-credentials', '-m']

/** Whether this machine gives us one: as root, or through a user namespace. */
export const hasRooms =
  process.platform === 'linux' &&
  spawnSync('unshare', [...NEW, 'sh', '-c', 'mount -t tmpfs -o size=64k none /mnt']).status === 0

/** A namespace. */
export interface Room {
  /** What is put before a command so that it runs in there. */
  readonly enter: readonly string[]
  /** Runs a line of shell in there; what it prints. Throws where it fails. */
  sh(line: string): string
  /** Where a path of the room is seen from outside. */
  seen(path: string): string
  close(): Promise<void>
}

/** Opens one. It ends with this process, whatever ends this process. */
export async function openRoom(): Promise<Room> {
  const holder = spawn('unshare', [...NEW, 'sh', '-c', 'echo ready; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  const { pid } = holder
  const enter = ['nsenter', '-t', `${pid}`, ...ENTER]
  return {
    enter,
    sh: (line) => {
      const [command, ...args] = [...enter, 'sh', '-ec', line]
      return execFileSync(command!, args, { encoding: 'utf8' })
    },
    seen: (path) => `/proc/${pid}/root${path}`,
    async close() {
      const ended = once(holder, 'exit')
      holder.kill('SIGKILL')
      await ended
    },
  }
}

// Without the options that it has: in a user namespace they name users whom nobody knows there.
const remount = (disk: string, options: string) => `mount --options-mode ignore -o remount,${options} ${disk}`
/** Shell that leaves a mounted disk no block more than it uses now. */
export const fillUp = (disk: string) =>
  remount(disk, `size=$((0 + $(df -k --output=used ${disk} | tail -n 1)))k`)
/** Shell that gives it room again. */
export const makeRoom = (disk: string) => remount(disk, 'rw,size=1g')
/** Shell that makes it read-only. */
export const protect = (disk: string) => remount(disk, 'ro')
/** Shell that mounts a disk. It is never quite empty: a size of 0 would mean no limit. */
export const mountDisk = (disk: string) =>
  `mkdir -p ${disk}; mount -t tmpfs -o size=1g none ${disk}; echo . > ${disk}/.disk`
