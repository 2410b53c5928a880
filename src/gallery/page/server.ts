// What the page asks of its server. Nothing here throws: what was refused is an answer too.
import {
  CALLS,
  type CallName,
  type Calls,
  type GalleryEvent,
  type Listing,
  type PictureDetails,
  type Problem,
  READS,
  type Refusal,
  TOKEN_HEADER,
  TOKEN_META,
} from '../protocol.ts'

/** An answer, or why there is none. */
export type Answer<T> = { readonly value: T } | { readonly refusal: Refusal }

const token = document.querySelector<HTMLMetaElement>(`meta[name="${TOKEN_META}"]`)?.content ?? ''

/** Every picture. */
export const readListing = (): Promise<Answer<Listing>> => ask(READS.list)

/** Everything about one picture. */
export const readPicture = (name: string): Promise<Answer<PictureDetails>> =>
  ask(`${READS.picture}?name=${encodeURIComponent(name)}`)

/** Changes something. */
export function call<C extends Exclude<CallName, 'adopt'>>(
  name: C,
  body: Calls[C]['body'],
): Promise<Answer<Calls[C]['answer']>> {
  return ask(CALLS[name], post(JSON.stringify(body), 'application/json'))
}

/** Puts somebody's own picture in the place of one. */
export function adopt(name: string, file: Blob): Promise<Answer<PictureDetails>> {
  return ask(`${CALLS.adopt}?name=${encodeURIComponent(name)}`, post(file, file.type))
}

/** Opens a place in the person's editor. */
export const openPlace = (address: string): Promise<unknown> => fetch(address).catch(() => {})

/** Listens to the server; connects again by itself. `lost` tells whether it is away. */
export function listen(on: (event: GalleryEvent) => void, lost: (away: boolean) => void): void {
  const stream = new EventSource(READS.events)
  stream.onmessage = ({ data }) => on(JSON.parse(data))
  stream.onopen = () => lost(false)
  stream.onerror = () => {
    lost(true)
    // A browser gives up where the answer was an error and no stream.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(on, lost), 3000)
  }
}

const post = (body: BodyInit, type: string): RequestInit => {
  return { method: 'POST', body, headers: { 'content-type': type, [TOKEN_HEADER]: token } }
}

async function ask<T>(address: string, init: RequestInit = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(address, init)
    const json = await response.json()
    return response.ok ? { value: json } : { refusal: json }
  } catch {
    return { refusal: { problem: noServer, more: [] } }
  }
}

const noServer: Problem = {
  code: 'NO_SERVER',
  sentence: 'The server of the gallery did not answer.',
  hint: 'See whether it still runs in its terminal, then reload this page.',
  picture: null,
  places: [],
}
