// The page by keyboard alone, with a thousand pictures in it: nothing of it needs a mouse.
import { expect, it } from 'vitest'
import { manifest } from '../support/site.ts'
import { openPage } from './page.ts'

it('is walked through by keyboard: search, arrows, open, edit, close', async () => {
  const { api, site, page, problems, focused } = await openPage({
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
  const { page, problems, focused } = await openPage(
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
