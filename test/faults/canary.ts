// The key that must not be found: how it could be written, and the search for it.
import { randomBytes } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A key that nobody has seen before. Its signs change in a URL, and it is long enough that no chance makes it. */
export function newCanary(): string {
  return `sk-${randomBytes(15).toString('base64url')}+/${randomBytes(6).toString('hex')}=`
}

/** Every form that the search knows: as it is, in a URL, in JSON, and in base64 at each of its three places. */
export function formsOf(key: string): Buffer[] {
  const url = encodeURIComponent(key)
  const texts = [key, url, url.replaceAll(/%../g, (code) => code.toLowerCase()), key.replaceAll('/', '\\/')]
  const base64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(key)]).toString('base64')
    // What shares a sign with the bytes beside it is left out.
    const own = text.slice([0, 2, 3][before], -4)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [...texts, ...base64, Buffer.from(key).toString('hex')].map((text) => Buffer.from(text))
}

/** Whether some bytes hold the key in any form. */
export function holdsKey(bytes: Uint8Array, forms: readonly Buffer[]): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return forms.some((form) => buffer.includes(form))
}

/** Every file below some folders, links not followed. */
export function filesBelow(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) => {
    let entries: Dirent[] = []
    try {
      entries = readdirSync(folder, { withFileTypes: true })
    } catch {
      // Never made, or removed by the fault.
    }
    return entries.flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
    })
  })
}

/** The files below some folders that hold the key, or have it in their names. */
export function findKey(forms: readonly Buffer[], ...folders: readonly string[]): string[] {
  return filesBelow(...folders).filter(
    (file) => holdsKey(Buffer.from(file), forms) || holdsKey(readFileSync(file), forms),
  )
}
