import { expect, it, onTestFinished } from 'vitest'
import type { SheetData, SheetPicture } from '../../src/gallery/protocol.ts'
import { sheetOf } from '../../src/gallery/sheet/sheet.ts'
import { startBrowser } from '../support/browser.ts'

const WEBP = `data:image/webp;base64,UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=`
const EVIL = `"'><script>document.title = 'evil'</script><img src=x onerror="document.title = 'evil'">&amp;`

const picture = (name: string, more: Partial<SheetPicture>): SheetPicture => ({
  ...{ name, state: 'kept', how: 'there', key: 'k', model: 'gpt-image-2', size: '1024x1024', quality: 'low' },
  ...{ frame: { width: 16, height: 9 }, prompt: `Prompt of ${name}.`, alt: 'A text', estimateUsd: 0 },
  file: { width: 1024, height: 1024, type: 'png', bytes: 1_500_000 },
  ...{ cost: { usd: 0.05, basis: 'usage' }, generatedAt: '2026-11-25T00:00:00.000Z', origin: 'api' },
  ...{ uses: 1, files: [], problem: null, preview: WEBP, isNew: false, before: null },
  usedIn: [{ file: 'src/main.ts', line: 3, column: 1, open: null }],
  ...more,
})
const before = {
  prompt: 'Old.',
  model: 'm',
  size: null,
  quality: null,
  cost: null,
  generatedAt: null,
  preview: WEBP,
}
const DATA: SheetData = {
  project: EVIL,
  madeAt: '2026-11-25T12:34:56.000Z',
  comparedWith: EVIL,
  totals: {
    ...{ kept: 3, stale: 0, missing: 1, broken: 1, orphaned: 0, images: 1, estimateUsd: 0.05 },
    ...{ bytes: 4_500_000, spentUsd: 0.15 },
  },
  mistakes: [
    {
      code: 'X',
      sentence: EVIL,
      hint: EVIL,
      picture: null,
      places: [{ file: EVIL, line: 1, column: 1, open: null }],
    },
  ],
  pictures: [
    picture('kept', {}),
    picture('changed', { before, prompt: 'New.' }),
    picture('new', { isNew: true, origin: 'adopted' }),
    picture('missing', {
      state: 'missing',
      how: 'ask',
      file: null,
      preview: null,
      cost: null,
      origin: null,
      estimateUsd: 0.05,
    }),
    picture(EVIL, {
      ...{ state: 'broken', prompt: EVIL, alt: EVIL, model: EVIL, size: EVIL, file: null, preview: null },
      problem: { code: 'X', sentence: EVIL, hint: EVIL, picture: null, places: [] },
    }),
  ],
}

it('is one file that loads nothing, runs nothing and shows every text as it is', async () => {
  const browser = await startBrowser()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('console', (message) => problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) problems.push(request.url())
  })
  await page.setContent(sheetOf(DATA))
  expect(problems).toEqual([])
  expect(await page.title()).toBe(`Pictures of ${EVIL}`)
  expect(await page.locator('script').count()).toBe(0)
  expect(await page.locator('img').count()).toBe(4)
  const headings = await page.locator('h2').allInnerTexts()
  expect(headings.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
    ...['Mistakes', 'Broken 1', 'Not made yet 1', 'Changed 1', 'New 1', 'Unchanged 1'],
  ])
  const changed = page.locator('article.changed')
  expect(await changed.locator('figcaption').allInnerTexts()).toEqual(['before', 'after'])
  expect([await changed.locator('del').innerText(), await changed.locator('ins').innerText()]).toEqual([
    'Old.',
    'New.',
  ])
  expect(await page.locator('article.broken h3').innerText()).toBe(EVIL)
  expect(await page.locator('article.missing .facts').innerText()).toContain('about $0.05')
  expect(await page.locator('header').innerText()).toContain(
    '5 pictures · 4.5 MB · $0.15 spent · 1 picture to be made',
  )
})
