// Each example project, installed and built as by somebody who copied it, and opened in a browser. The heavy ones are skipped
// unless EXAMPLES is `all`, or names the folders of those to run: `npm run examples` runs all.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPackage } from '../cli/built.ts'
import { startPaidApi } from '../support/api.ts'
import { startBrowser } from '../support/browser.ts'
import { EXAMPLES, type Example } from './examples.ts'
import { expectPages } from './page.ts'
import { installExample, type Project, pack } from './project.ts'

const MINUTES = 60_000
const { EXAMPLES: which } = process.env
const isSkipped = ({ folder, heavy }: Example) =>
  which === undefined ? heavy === true : which !== 'all' && !which.split(',').includes(folder)
const isPicture = (file: string) => /\.(avif|webp|jpe?g|png)$/.test(file)

let browser: Browser
let folder: string
let tarball: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'))
  const built = await buildPackage()
  tarball = await pack(built.root, folder)
  await built.remove()
  browser = await startBrowser()
}, 5 * MINUTES)
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

for (const example of EXAMPLES)
  describe.skipIf(isSkipped(example))(example.title, { timeout: 10 * MINUTES }, () => {
    let project: Project & { remove(): Promise<void> }
    let deadAddress: string
    beforeAll(async () => {
      project = await installExample(example, tarball)
    }, 10 * MINUTES)
    afterAll(() => project?.remove())

    it('asks once for each picture', async () => {
      const api = await startPaidApi()
      deadAddress = api.baseURL
      await project.build({ GENERATE_IMAGES_BASE_URL: api.baseURL, GENERATE_IMAGES_API_KEY: 'a-key' })
      expect(api.posts).toBe(example.asks)
    })

    it('shows all of them in a browser', () =>
      expectPages(browser, join(project.root, example.output), example))

    it('ships each file once', async () => {
      const byContent = new Map<string, string>()
      for (const file of (await project.files(example.output)).filter(isPicture)) {
        const bytes = await readFile(join(project.root, example.output, file), 'base64')
        expect([file, byContent.get(bytes)]).toEqual([file, undefined])
        byContent.set(bytes, file)
      }
      expect(byContent.size).toBeGreaterThan(0)
      for (const server of example.server ?? []) {
        const files = await project.files(server)
        expect(files.length).toBeGreaterThan(0)
        expect(files.filter(isPicture)).toEqual([])
      }
    })

    it('builds a clone without a key, a network and an encoding', async () => {
      const clone = await project.clone()
      const before = await clone.encoded()
      expect(before.length).toBeGreaterThan(0)
      await clone.build({ GENERATE_IMAGES_BASE_URL: deadAddress })
      expect(await clone.encoded()).toEqual(before)
      await expectPages(browser, join(clone.root, example.output), example)
    })
  })
