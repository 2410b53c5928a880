// What earlier runs left: answers that are paid for are finished for free, requests without an answer are noted as
// maybe billed. Comes before every run that may ask for something.
import { readFile } from 'node:fs/promises'
import type { GenerateImagesError } from '../errors/index.ts'
import type { Collection } from './collect.ts'
import { type SettleTools, settleAnswer } from './settle.ts'
import { unknownLine } from './unknown-line.ts'

/** What was found. */
export interface Recovered {
  /** Names whose picture was finished for free. */
  readonly names: readonly string[]
  readonly failed: readonly { readonly name: string; readonly error: GenerateImagesError }[]
}

// Links are good for a day at most. What is behind an older one is lost, and may be asked for again.
const LINK_MS = 24 * 3600 * 1000

/** Finishes what is pending in the spool. What fails stays there, and is not asked for again meanwhile. */
export async function recover(
  collection: Collection,
  tools: SettleTools & { readonly now: () => Date },
  signal: AbortSignal,
): Promise<Recovered> {
  const { store } = tools
  const pending = await store.spool.pending()
  const inLedger = new Set((pending.length === 0 ? [] : await store.ledger.read()).map((line) => line.id))
  const names: string[] = []
  const failed: { name: string; error: GenerateImagesError }[] = []
  for (const { entry, body, pictures } of pending) {
    const { id } = entry
    if (body === undefined) {
      if (!inLedger.has(id)) await store.ledger.append(unknownLine(entry, undefined))
      await store.spool.finish(id)
      continue
    }
    const picture = collection.pictures.get(entry.name)
    const name = picture?.spec.key === entry.key ? entry.name : undefined
    const fetched = new Map<number, Uint8Array>()
    for (const { index, file } of pictures) fetched.set(index, await readFile(file))
    const answer = {
      ...{
        ...entry,
        name,
        requestId: undefined,
        raw: await readFile(body.file),
        contentType: body.contentType ?? '',
      },
      ...{ fetched, inLedger: inLedger.has(id) },
    }
    const { error } = await settleAnswer(answer, tools, {
      picture: entry.name,
      places: picture?.places ?? [],
      signal,
    })
    if (error === undefined) {
      names.push(entry.name)
      continue
    }
    failed.push({ name: entry.name, error })
    const age = tools.now().getTime() - Date.parse(entry.at)
    if (error.code === 'DOWNLOAD_FAILED' && age > LINK_MS) await store.spool.setAside(id, error.sentence)
  }
  return { names, failed }
}
