import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'

/** One `<img>` after the page was scrolled to its end. Sizes are pixels. */
export interface SeenPicture {
  readonly src: string
  readonly alt: string | null
  readonly lazy: boolean
  /** Distance from the top of the page. */
  readonly top: number
  readonly inPicture: boolean
  readonly currentSrc: string
  readonly complete: boolean
  /** As the browser corrects it by the density of the chosen file. */
  readonly naturalWidth: number
  readonly naturalHeight: number
  /** Of the chosen file itself. */
  readonly file: { readonly width: number; readonly height: number }
  /** Its width and height attributes. */
  readonly declared: readonly [number, number]
  /** The box that it fills, in CSS pixels. */
  readonly shown: { readonly width: number; readonly height: number }
  /** All files that the page offers for it, each with the width that it says of it. */
  readonly candidates: readonly { readonly url: string; readonly width: number }[]
  /** What the page says of the chosen file; undefined where the page does not name it. */
  readonly chosen?: { readonly descriptor: number; readonly declared: readonly [number, number] }
}

/** A page as a visitor gets it. */
export interface Seen {
  readonly pictures: readonly SeenPicture[]
  readonly layoutShift: number
  /** Addresses of all pictures that the page had loaded, shown or not. */
  readonly loaded: readonly string[]
  /** Failed requests, answers that are errors, requests to elsewhere, errors in the console. */
  readonly trouble: readonly string[]
}

const inPage = fileURLToPath(new URL('in-page.js', import.meta.url))

/** Opens a page in a window of its own, scrolls to its end, and says what is there. */
export async function look(
  browser: Browser,
  address: string,
  { width, height, deviceScaleFactor }: { width: number; height: number; deviceScaleFactor: number },
): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor })
  try {
    const page = await context.newPage()
    const trouble: string[] = []
    const loaded: string[] = []
    const { origin } = new URL(address)
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
    page.on('pageerror', (error) => trouble.push(error.message))
    page.on('requestfailed', (request) => {
      // A page's own script may call off what it fetches ahead.
      const calledOff =
        request.resourceType() === 'fetch' && request.failure()?.errorText === 'net::ERR_ABORTED'
      if (!calledOff) trouble.push(`failed: ${request.url()}`)
    })
    page.on('request', (request) => new URL(request.url()).origin !== origin && trouble.push(request.url()))
    page.on('request', (request) => {
      // Also what is fetched ahead, which is of no type.
      if (/\.(avif|webp|jpe?g|png|svg)$/.test(request.url())) loaded.push(request.url())
    })
    page.on('response', (response) => {
      if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`)
    })
    await page.addInitScript({ path: inPage })
    await page.goto(address)
    await page.evaluate('scrollThrough()')
    const asked = [...loaded]
    const layoutShift = (await page.evaluate('layoutShift')) as number
    const pictures = (await page.evaluate('seePictures()')) as SeenPicture[]
    return { pictures, layoutShift, loaded: asked, trouble }
  } finally {
    await context.close()
  }
}
