// The event stream: what each open page is told.
import type { GalleryEvent } from './protocol.ts'

/** The pages that listen. */
export interface Events {
  /** A stream for one more page; `first` is told at once. */
  open(first: readonly GalleryEvent[]): ReadableStream<Uint8Array>
  send(event: GalleryEvent): void
  readonly listeners: number
  close(): void
}

// Proxies end a connection that is silent for long.
const BEAT_MS = 20_000

/** See `Events`. `onCount` is told how many listen, whenever that changes. */
export function createEvents(onCount: (listeners: number) => void): Events {
  const pages = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  let beat: NodeJS.Timeout | undefined
  const write = (page: ReadableStreamDefaultController<Uint8Array>, text: string) => {
    try {
      page.enqueue(encoder.encode(text))
    } catch {
      drop(page)
    }
  }
  const drop = (page: ReadableStreamDefaultController<Uint8Array>) => {
    if (!pages.delete(page)) return
    if (pages.size === 0) clearInterval(beat)
    onCount(pages.size)
  }
  const textOf = (event: GalleryEvent) => `data: ${JSON.stringify(event)}\n\n`
  return {
    open(first) {
      let own: ReadableStreamDefaultController<Uint8Array> | undefined
      return new ReadableStream<Uint8Array>({
        start(page) {
          own = page
          pages.add(page)
          if (pages.size === 1) {
            beat = setInterval(() => pages.forEach((one) => void write(one, ': \n\n')), BEAT_MS)
            beat.unref()
          }
          onCount(pages.size)
          write(page, 'retry: 1000\n\n')
          for (const event of first) write(page, textOf(event))
        },
        cancel() {
          if (own !== undefined) drop(own)
        },
      })
    },
    send(event) {
      for (const page of pages) write(page, textOf(event))
    },
    get listeners() {
      return pages.size
    },
    close() {
      for (const page of [...pages]) {
        drop(page)
        page.close()
      }
    },
  }
}
