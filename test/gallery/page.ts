// The gallery's page as it is built, in a real browser, beside an API that counts what it is paid for.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { createGallery } from '../../src/gallery/gallery.ts'
import { serveGallery } from '../../src/gallery/server.ts'
import { startPaidApi } from '../support/api.ts'
import { startBrowser } from '../support/browser.ts'
import { createSite, type Files } from '../support/site.ts'

/** Opens the gallery of a project. `problems` has every error of the page, and every request to another place. */
export async function openPage(files: Files) {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  const script = String(new URL('../../scripts/build-page.mjs', import.meta.url))
  const { buildPage } = (await import(script)) as { buildPage(to: string): Promise<void> }
  await buildPage(folder)
  const api = await startPaidApi()
  const site = await createSite(files, api.baseURL)
  const project = await site.open()
  const server = await serveGallery(createGallery({ project, page: pathToFileURL(`${folder}/`) }), 0)
  const browser = await startBrowser()
  onTestFinished(async () => {
    await browser.close()
    await server.close()
    await project.close()
    await rm(folder, { recursive: true })
  })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) problems.push(request.url())
  })
  await page.goto(server.url)
  await page.locator('#pictures li').first().waitFor()
  const focused = () => page.evaluate('document.activeElement.dataset.name')
  return { api, site, project, page, problems, focused }
}
