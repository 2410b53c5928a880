import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { patient } from './patient.ts'
import { ignoreAbsent } from './read.ts'

/** Lower-case hexadecimal SHA-256 of bytes in memory. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The same of a file, read as a stream. Throws Node's own error where it can't be read. */
export async function hashFile(file: string): Promise<string> {
  return patient(async () => {
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    return hash.digest('hex')
  })
}

/** The same of a file that may be absent: `undefined` then. */
export async function hashIfThere(file: string): Promise<string | undefined> {
  return hashFile(file).catch(ignoreAbsent)
}
