import { closeSync, fsync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const sync = promisify(fsync)

/** Folders that this process has the disk write down, and the one time after that which others wait for. */
const underWay = new Map<string, { readonly done: Promise<void>; next?: Promise<void> }>()

/**
 * Makes names in a folder last. Windows and some file systems can't, and need not be told. Many that ask while the disk
 * is at it are served by one more time: what they have named before is in it.
 */
export function syncFolder(folder: string): Promise<void> {
  const at = underWay.get(folder)
  if (at === undefined) return begin(folder)
  at.next ??= at.done.then(() => begin(folder))
  return at.next
}

function begin(folder: string): Promise<void> {
  const done = syncOnce(folder).then(() => {
    if (underWay.get(folder)?.done === done) underWay.delete(folder)
  })
  underWay.set(folder, { done })
  return done
}

async function syncOnce(folder: string): Promise<void> {
  let handle: number
  try {
    handle = openSync(folder, 'r')
  } catch {
    return
  }
  await sync(handle).catch(() => {})
  closeSync(handle)
}
