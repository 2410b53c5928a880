// The page as it is built, in a real browser: it asks once, says the price, and spends what was agreed to.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { createGallery } from '../../src/gallery/gallery.ts'
import { serveGallery } from '../../src/gallery/server.ts'
import { startPaidApi } from '../support/api.ts'
import { createSite, manifest } from '../support/site.ts'

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  const script = String(new URL('../../scripts/build-page.mjs', import.meta.url))
  const { buildPage } = (await import(script)) as { buildPage(to: string): Promise<void> }
  await buildPage(folder)
  const api = await startPaidApi()
  const site = await createSite(manifest({ boat: 'A boat.', hat: 'A hat.' }), api.baseURL)
  const project = await site.open()
  const server = await serveGallery(createGallery({ project, page: pathToFileURL(`${folder}/`) }), 0)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  onTestFinished(async () => {
    await browser.close()
    await server.close()
    await project.close()
    await rm(folder, { recursive: true })
  })
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) problems.push(request.url())
  })
  await page.goto(server.url)
  return { api, page, problems }
}

it('asks once, with count and price, and makes what it asked about', async () => {
  const { api, page, problems } = await start()
  const make = page.getByRole('button', { name: /^Make 2 pictures, about \$0\.11$/ })
  await make.click()
  const question = page.getByRole('dialog')
  await expect.poll(() => question.innerText()).toMatch(/2 pictures[\s\S]*\$0\.11/)
  // A no is a no.
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  expect(api.posts).toBe(0)
  await make.click()
  await question.getByRole('button', { name: /^Make 2 pictures/ }).click()
  await page.getByText('Nothing to make').waitFor()
  await expect.poll(() => page.locator('#pictures img').count()).toBe(2)
  expect(api.posts).toBe(2)
  expect(problems).toEqual([])
})
