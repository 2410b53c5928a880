import { createHash, hash as hashOnce } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { patient } from './patient.ts'
import { ignoreAbsent } from './read.ts'

/** Lower-case hexadecimal SHA-256 of bytes in memory. */
export function sha256(bytes: string | Uint8Array): string {
  return hashOnce('sha256', bytes)
}

/** Bytes of a file that is read at once, which costs a fraction of a stream. */
const SMALL = 256 * 1024

/** The same of a file, whose size tells how it is best read. Throws Node's own error where it can't be read. */
export async function hashFile(file: string, size = Number.POSITIVE_INFINITY): Promise<string> {
  return patient(async () => {
    if (size <= SMALL) return sha256(readFileSync(file))
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    return hash.digest('hex')
  })
}

/** The same of a file that may be absent: `undefined` then. */
export async function hashIfThere(file: string): Promise<string | undefined> {
  return hashFile(file).catch(ignoreAbsent)
}
