// The page before a judge of accessibility: axe, with all of its rules, on every view and in both themes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openPage } from './page.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe says against the page as it is, a line a finding. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  // What fades in has less contrast for a moment.
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))')
  return page.evaluate(async () => {
    interface Finding {
      readonly id: string
      readonly help: string
      readonly nodes: readonly { readonly html: string }[]
    }
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
  })
}

it.each(['light', 'dark'] as const)(
  'has nothing to say against any view of the %s page',
  async (colorScheme) => {
    const { api, site, page, problems } = await openPage({
      'images.prompts.json':
        '{ "images": { "boat": "A boat.", "cat": { "prompt": "A cat.", "alt": "A cat" } } }',
      'main.js': "import boat from './boat.png?generate'\n",
    })
    await page.emulateMedia({ colorScheme })
    expect(await findings(page)).toEqual([])

    await page.getByRole('button', { name: /^Make 2 pictures/ }).click()
    const question = page.getByRole('dialog')
    expect(await findings(page)).toEqual([])
    await question.getByRole('button', { name: /^Make/ }).click()
    await page.getByText('Nothing to make').waitFor()
    expect(await findings(page)).toEqual([])

    await site.write({ 'images.prompts.json': '{ "images": { "boat": "A red boat.", "hat": "A hat." } }' })
    await page.locator('a[data-name="hat"]').waitFor()
    expect(await findings(page)).toEqual([])
    await page.locator('a[data-name="boat"]').click()
    const view = page.getByRole('dialog', { name: 'boat' })
    await view.getByText('stale').first().waitFor()
    expect(await findings(page)).toEqual([])
    await view.getByRole('button', { name: 'Edit…' }).click()
    await page.locator('#edit-prompt').waitFor()
    expect(await findings(page)).toEqual([])
    expect(api.posts).toBe(2)
    expect(problems).toEqual([])
  },
)
