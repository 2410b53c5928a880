// A process that does one job on a store and kills itself at the n-th change of the disk: before it, or with half of a write
// done. It prints `paid` when an answer is on the disk, and how many
// changes it made where it came to the end first.
import { writeSync } from 'node:fs'
import fsPromises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { jobs } from './crash-jobs.ts'

const [root = '', job = '', at = '0'] = process.argv.slice(2)
let changes = 0
const die = () => process.kill(process.pid, 'SIGKILL')
const isLast = () => ++changes === Number(at)

for (const name of ['rename', 'link', 'copyFile', 'rm', 'unlink', 'rmdir', 'mkdir', 'utimes'] as const) {
  const real = fsPromises[name] as (...args: unknown[]) => Promise<unknown>
  Object.assign(fsPromises, {
    [name]: (...args: unknown[]) => {
      if (isLast()) die()
      return real(...args)
    },
  })
}
const realOpen = fsPromises.open
fsPromises.open = async (...args) => {
  const writes = args[1] !== undefined && args[1] !== 'r'
  if (writes && isLast()) die()
  const handle = await realOpen(...args)
  if (writes) dieInTheMiddle(handle)
  return handle
}
syncBuiltinESMExports()

function dieInTheMiddle(handle: FileHandle): void {
  for (const name of ['writeFile', 'appendFile'] as const) {
    const real = handle[name].bind(handle)
    handle[name] = async (data, options) => {
      if (isLast()) {
        const bytes = Buffer.from(data as Uint8Array)
        writeSync(handle.fd, bytes.subarray(0, bytes.length / 2))
        die()
      }
      return real(data, options)
    }
  }
}

await jobs[job]!.run(root, () => writeSync(1, 'paid\n'))
writeSync(1, `${changes}\n`)
