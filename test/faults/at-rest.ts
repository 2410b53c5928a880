// What time, disks and people do to files that lie there.
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './canary.ts'
import type { Scene } from './scene.ts'

/** Makes everything in the journal so many hours older. */
export function backdate({ at }: Scene, hours: number): void {
  const spool = at('generated-images/.takes/.spool')
  for (const name of readdirSync(spool)) {
    const file = join(spool, name)
    const then = new Date(statSync(file).mtimeMs - hours * 3600_000)
    if (name.endsWith('.json')) {
      const journal = JSON.parse(readFileSync(file, 'utf8'))
      writeFileSync(file, JSON.stringify({ ...journal, at: then.toISOString() }))
    }
    utimesSync(file, then, then)
  }
}

/** Changes a file in its place. */
export function damage(
  { at, read }: Scene,
  file: string,
  change: (bytes: Buffer) => string | Uint8Array,
): void {
  writeFileSync(at(file), change(read(file)))
}

/** One bit, in the middle. */
export function flip(bytes: Buffer): Buffer {
  const flipped = Buffer.from(bytes)
  flipped[flipped.length >> 1]! ^= 1
  return flipped
}

/** The only file below a folder whose name ends so. */
export function theFile(folder: string, ending: string): string {
  const [file, ...more] = filesBelow(folder).filter((name) => name.endsWith(ending))
  if (file === undefined || more.length > 0)
    throw new Error(`${more.length + (file ? 1 : 0)} files end in ${ending}`)
  return file
}
