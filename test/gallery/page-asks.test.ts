// The page asks once, says the price, and spends what was agreed to.
import { expect, it } from 'vitest'
import { manifest } from '../support/site.ts'
import { openPage } from './page.ts'

it('asks once, with count and price, and makes what it asked about', async () => {
  const { api, page, problems } = await openPage(manifest({ boat: 'A boat.', hat: 'A hat.' }))
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
