// A page that is open follows the project's files, whoever writes them and however soon.
import { expect, it } from 'vitest'
import { manifest } from '../support/site.ts'
import { openPage } from './page.ts'

it('shows what was edited before the first look at the files', async () => {
  const { api, site, page, problems } = await openPage(manifest({ boat: 'A boat.' }))
  await site.write(manifest({ boat: 'A boat.', hat: 'A hat.' }))
  await page.locator('a[data-name="hat"]').waitFor()
  await site.write(manifest({ boat: 'A boat.' }))
  await expect.poll(() => page.locator('#pictures li').count()).toBe(1)
  expect(api.posts).toBe(0)
  expect(problems).toEqual([])
})
