// The pages of a built example as a visitor gets them.
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { look } from '../playground/look.ts'
import { serveFolder } from '../playground/serve.ts'
import type { Example } from './examples.ts'

const WINDOW = { width: 800, height: 600, deviceScaleFactor: 1 }

/**
 * Opens every page of a built example, and holds each picture to what is expected of it: decoded, its alt, its size, the
 * file that fits; every file that is offered, the card of the page as well, is there and of the size that the page says.
 * Nothing is in the console.
 */
export async function expectPages(
  browser: Browser,
  folder: string,
  { pages, prerendered, card }: Pick<Example, 'pages' | 'prerendered' | 'card'>,
): Promise<void> {
  const { origin, close } = await serveFolder(folder)
  try {
    for (const [address, expected] of Object.entries(pages)) {
      const { pictures, layoutShift, loaded, trouble } = await look(browser, origin + address, WINDOW)
      expect({ address, trouble }).toEqual({ address, trouble: [] })
      expect(pictures.map(({ alt }) => alt)).toEqual(expected.map(({ alt }) => alt))
      for (const [index, picture] of pictures.entries()) {
        const { alt, width, height, format } = expected[index]!
        const { complete, currentSrc, declared, chosen, file, shown } = picture
        expect({ alt, complete, declared }).toEqual({
          ...{ alt, complete: true, declared: [width, height] },
        })
        expect(currentSrc).toMatch(new RegExp(`\\.${format}$`))
        expect(file.width).toBe(chosen!.descriptor)
        // Not stretched, and no smaller than what is shown.
        expect(shown.width).toBeGreaterThan(0)
        expect(Math.abs(shown.height - (shown.width * height) / width)).toBeLessThan(1)
        expect(file.width).toBeGreaterThanOrEqual(Math.min(shown.width, width))
        for (const { url, width: said } of picture.candidates) {
          const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
          const { info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
          expect({ url, width: info.width }).toEqual({ url, width: said })
        }
      }
      // Nothing is fetched that nobody sees.
      expect([...new Set(loaded)].sort()).toEqual(pictures.map(({ currentSrc }) => currentSrc).sort())
      expect(layoutShift).toBeLessThan(0.01)
      const html = await (await fetch(origin + address)).text()
      if (card !== undefined) {
        const [, path] =
          /<meta property="og:image" content="https:\/\/example\.org(\/[^"]+)"/.exec(html) ?? []
        const bytes = Buffer.from(await (await fetch(origin + path)).arrayBuffer())
        const { info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
        expect(info).toMatchObject(card)
      }
      if (prerendered)
        for (const url of pictures.flatMap(({ candidates }) => candidates.map((one) => one.url)))
          expect(html).toContain(new URL(url).pathname)
    }
  } finally {
    await close()
  }
}
