// A person chooses in the page: among takes, a picture of their own, what is not needed any more.
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { manifest } from '../support/site.ts'
import { openPage } from './page.ts'

const png = (color: string) =>
  sharp({ create: { width: 96, height: 96, channels: 3, background: color } })
    .png()
    .toBuffer()

/** A project whose pictures are made, with one open in the page. */
async function openMade(files: Record<string, string>, name: string) {
  const opened = await openPage(manifest(files))
  const { page, api } = opened
  const count = Object.keys(files).length
  await page.getByRole('button', { name: new RegExp(`^Make ${count} picture`) }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^Make/ }).click()
  await page.getByText('Nothing to make').waitFor()
  expect(api.posts).toBe(count)
  await page.locator(`a[data-name="${name}"]`).click()
  return { ...opened, view: page.getByRole('dialog', { name }) }
}

it('redoes with three takes and picks the second of them', async () => {
  const { api, site, page, view, problems } = await openMade({ boat: 'A boat.' }, 'boat')
  const first = await site.read('generated-images/boat.png')
  await view.getByRole('button', { name: 'Make more takes…' }).click()
  const question = page.getByRole('dialog', { name: 'More takes of boat' })
  await question.getByLabel('Takes').fill('3')
  await question.getByLabel('Takes').press('Tab')
  const yes = question.getByRole('button', { name: /^Make 3 takes for about \$0\.16$/ })
  await yes.click()
  await question.waitFor({ state: 'hidden' })
  const takes = view.getByRole('list', { name: 'Takes of boat' }).getByRole('listitem')
  await expect.poll(() => takes.count()).toBe(4)
  expect(api.posts).toBe(4)
  // What lies under the name stays until a person chooses.
  expect((await site.read('generated-images/boat.png')).equals(first)).toBe(true)
  await takes.nth(1).getByRole('button', { name: /^Pick/ }).click()
  await expect.poll(() => takes.nth(1).innerText()).toContain('in place')
  expect((await site.read('generated-images/boat.png')).equals(first)).toBe(false)
  expect(api.posts).toBe(4)
  expect(problems).toEqual([])
})

it('takes a picture of one’s own by the file chooser and by drop, and loses nothing', async () => {
  const { api, site, page, view, problems } = await openMade({ boat: 'A boat.' }, 'boat')
  const paid = await site.read('generated-images/boat.png')
  const [red, blue] = await Promise.all([png('red'), png('blue')])
  const chooser = page.waitForEvent('filechooser')
  await view.getByRole('button', { name: 'Choose a file…' }).click()
  await (await chooser).setFiles({ name: 'red.png', mimeType: 'image/png', buffer: red })
  await expect.poll(async () => (await site.read('generated-images/boat.png')).equals(red)).toBe(true)
  const dropped = await page.evaluateHandle((base64) => {
    const { DataTransfer, File } = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: object): void } }
      File: new (parts: Uint8Array[], name: string, options: object) => object
    }
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], 'blue.png', { type: 'image/png' }))
    return data
  }, blue.toString('base64'))
  await view.dispatchEvent('drop', { dataTransfer: dropped })
  await expect.poll(async () => (await site.read('generated-images/boat.png')).equals(blue)).toBe(true)
  // What was paid for is among the takes, and comes back for nothing.
  await view.getByRole('button', { name: 'Pick take 1' }).click()
  await expect.poll(async () => (await site.read('generated-images/boat.png')).equals(paid)).toBe(true)
  expect(api.posts).toBe(1)
  expect(problems).toEqual([])
})

it('deletes an orphan, and keeps its picture among the takes', async () => {
  const { api, site, page, view, problems } = await openMade({ boat: 'A boat.', hat: 'A hat.' }, 'boat')
  await page.keyboard.press('Escape')
  await view.waitFor({ state: 'hidden' })
  await site.write({ 'images.prompts.json': '{ "images": { "boat": "A boat." } }' })
  await page.locator('a[data-name="hat"]').click()
  const orphan = page.getByRole('dialog', { name: 'hat' })
  await orphan.getByText('orphaned').first().waitFor()
  expect(await site.tree('generated-images')).toContain('hat.png')
  await orphan.getByRole('button', { name: /^Delete/ }).click()
  // A question first, and a no is a no.
  const question = page.getByRole('dialog', { name: 'Delete hat?' })
  await question.getByRole('button', { name: 'Keep' }).click()
  await question.waitFor({ state: 'hidden' })
  expect(await site.tree('generated-images')).toContain('hat.png')
  await orphan.getByRole('button', { name: /^Delete/ }).click()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => site.tree('generated-images')).not.toContain('hat.png')
  await expect.poll(() => page.locator('#pictures li').count()).toBe(1)
  expect(await site.ledger()).toHaveLength(2)
  expect(api.posts).toBe(2)
  expect(problems).toEqual([])
})
