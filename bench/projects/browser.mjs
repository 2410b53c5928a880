// A page in headless Chromium.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Starts one: that of the variable CHROMIUM, or one that is installed. Throws where there is none. */
export function startBrowser() {
  const executablePath = PLACES.find((path) => path !== undefined && existsSync(path))
  if (executablePath === undefined)
    throw new Error(
      'No Chromium is installed: name one in the variable CHROMIUM, or leave this out with --only',
    )
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** Opens an address in a window of its own, and gives the page and the milliseconds until `count` pictures are complete. */
export async function openPage(browser, address, count) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const started = performance.now()
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction(
    (wanted) =>
      document.images.length === wanted &&
      [...document.images].every((image) => image.complete && image.naturalWidth > 0),
    count,
  )
  return { page, time: performance.now() - started, close: () => context.close() }
}
