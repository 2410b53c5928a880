// The page by keyboard alone, with a thousand pictures in it: nothing of it needs a mouse, and nothing stutters.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { createGallery } from '../../src/gallery/gallery.ts'
import { serveGallery } from '../../src/gallery/server.ts'
import { startPaidApi } from '../support/api.ts'
import { createSite, type Files, manifest } from '../support/site.ts'

async function start(files: Files) {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  const script = String(new URL('../../scripts/build-page.mjs', import.meta.url))
  const { buildPage } = (await import(script)) as { buildPage(to: string): Promise<void> }
  await buildPage(folder)
  const api = await startPaidApi()
  const site = await createSite(files, api.baseURL)
  const project = await site.open()
  const server = await serveGallery(createGallery({ project, page: pathToFileURL(`${folder}/`) }), 0)
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
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
  return { api, site, page, problems, focused }
}

it('is walked through by keyboard: search, arrows, open, edit, close', async () => {
  const { api, site, page, problems, focused } = await start({
    'images.prompts.json':
      '{\n  // Kept as it is.\n  "images": { "boat": "A boat.", "cat": { "prompt": "A cat." }, "hat": "A hat." }\n}\n',
  })
  const { keyboard } = page
  await keyboard.press('/')
  await keyboard.press('ArrowDown')
  expect(await focused()).toBe('boat')
  await keyboard.press('ArrowRight')
  expect(await focused()).toBe('cat')
  await keyboard.press('End')
  expect(await focused()).toBe('hat')
  await keyboard.press('/')
  await keyboard.type('cat')
  await expect.poll(() => page.locator('#found').textContent()).toBe('1 of 3 pictures')
  expect(page.url()).toContain('#search=cat')
  await keyboard.press('Enter')
  expect(await focused()).toBe('cat')
  await keyboard.press('Enter')
  const view = page.getByRole('dialog', { name: 'cat' })
  await view.getByRole('button', { name: 'Edit…' }).focus()
  await keyboard.press('Enter')
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('edit-prompt')
  await keyboard.press('Control+A')
  await keyboard.type('A cat on a mat.')
  await keyboard.press('Control+Enter')
  await expect.poll(() => view.locator('.prompt').textContent()).toBe('A cat on a mat.')
  expect(String(await site.read('images.prompts.json'))).toBe(
    '{\n  // Kept as it is.\n  "images": { "boat": "A boat.", "cat": { "prompt": "A cat on a mat." }, "hat": "A hat." }\n}\n',
  )
  await keyboard.press('Escape')
  await view.waitFor({ state: 'hidden' })
  expect(await focused()).toBe('cat')
  expect(api.posts).toBe(0)
  expect(problems).toEqual([])
})

it('shows, finds and filters a thousand pictures', async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `picture-${index}`)
  const { page, problems, focused } = await start(
    manifest(Object.fromEntries(names.map((name) => [name, `The prompt of ${name}.`]))),
  )
  await expect.poll(() => page.locator('#pictures li').count()).toBe(1000)
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  expect(await focused()).toBe('picture-999')
  await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(1000)
  await page.keyboard.press('/')
  await page.keyboard.type('prompt 77')
  await expect.poll(() => page.locator('#pictures li').count()).toBe(19)
  await page.reload()
  await expect.poll(() => page.locator('#pictures li').count()).toBe(19)
  expect(problems).toEqual([])
})
