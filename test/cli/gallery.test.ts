import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { CALLS, type Listing, TOKEN_HEADER } from '../../src/gallery/protocol.ts'
import { startPaidApi } from '../support/api.ts'
import { KEY, manifest } from '../support/site.ts'
import { projectWith, shell, stream } from './support.ts'

const BOAT = manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } })

/** The gallery of a project; `end` interrupts it. */
async function started(...argv: string[]) {
  const api = await startPaidApi({ latencyMs: 600 })
  const { root } = await projectWith(BOAT)
  const [out, err] = [stream(), stream()]
  let interrupted = () => {}
  const ended = runCli(['gallery', ...argv], {
    cwd: root,
    environment: { GENERATE_IMAGES_BASE_URL: api.baseURL, GENERATE_IMAGES_API_KEY: KEY },
    version: '1.2.3',
    terminal: createTerminal(out, err, {}),
    onInterrupt(interrupt) {
      interrupted = interrupt
      return () => {}
    },
  })
  await Promise.race([ended, expect.poll(out.text, { timeout: 10_000 }).toContain('http')])
  const end = async () => {
    interrupted()
    return ended
  }
  onTestFinished(async () => void (await end()))
  return { api, out, err, end, root }
}

describe('gallery', () => {
  it('serves the project at 127.0.0.1 until it is interrupted, and makes nothing by itself', async () => {
    const { api, out, end } = await started('--port', '0', '--json')
    const { url } = JSON.parse(out.text())
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/__generate-images\/$/)
    const { pictures } = (await (await fetch(new URL('api/list', url))).json()) as Listing
    expect(pictures).toMatchObject([{ name: 'boat', state: 'missing' }])
    expect((await fetch(new URL('/', url), { redirect: 'manual' })).headers.get('location')).toBe(
      '/__generate-images/',
    )
    expect(await end()).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
    expect(api.posts).toBe(0)
  })

  it('waits for what is paid for when it is interrupted', async () => {
    const { api, out, err, end, root } = await started('--port', '0', '--json')
    const { url } = JSON.parse(out.text())
    const [, token] = /token" content="([^"]+)"/.exec(await (await fetch(url)).text()) ?? []
    const post = async (path: string, body: object) => {
      const headers = {
        'content-type': 'application/json',
        [TOKEN_HEADER]: token!,
        origin: new URL(url).origin,
        'sec-fetch-site': 'same-origin',
      }
      const answer = await fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) })
      return (await answer.json()) as { agreed: object }
    }
    const { agreed } = await post(CALLS.offer, { what: 'make' })
    await post(CALLS.make, { agreed })
    await expect.poll(() => api.posts).toBe(1)
    expect(await end()).toBe(0)
    expect(err.text()).toMatch(/^Nothing more is sent\. Waiting/)
    expect(existsSync(join(root, 'generated-images/boat.json'))).toBe(true)
  })

  it('prints its address, and takes another port where the usual one is taken', async () => {
    const [first, second] = [await started(), await started()]
    const addresses = [first, second].map(({ out }) => /^The gallery is at (\S+)$/m.exec(out.text())?.[1])
    expect(new Set(addresses).size).toBe(2)
    for (const address of addresses) expect((await fetch(new URL('api/list', address))).status).toBe(200)
  })

  it('says so where the port that was told is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const { root } = await projectWith(BOAT)
    const { status, err } = await shell(['gallery', '--port', `${port}`], { cwd: root })
    expect(status).toBe(2)
    expect(err).toMatch(/"--port" is \d+, which another program listens on\. \[BAD_OPTION\]/)
  })

  it('writes a sheet in place of serving, and spends nothing', async () => {
    const api = await startPaidApi()
    const { sh, read, run, remove } = await projectWith(BOAT, api.baseURL)
    await run()
    expect(await sh(['gallery', '--out', 'sheet.html'])).toMatchObject({
      status: 0,
      out: '1 picture in sheet.html.\n',
    })
    const sheet = String(await read('sheet.html'))
    expect(sheet).toContain('<h3>boat</h3>')
    expect(sheet).toMatch(/<img src="data:image\/webp;base64,/)
    await remove('images.prompts.json')
    const json = await sh(['gallery', '--out', 'sheet.html', '--since', 'main', '--json'])
    expect(JSON.parse(json.out)).toEqual({ file: 'sheet.html', pictures: 1, comparedWith: null })
    expect(String(await read('sheet.html'))).toContain('class="orphaned"')
    const nowhere = await sh(['gallery', '--out', 'no/such/folder.html'])
    expect([nowhere.status, nowhere.err]).toEqual([2, expect.stringContaining('[BAD_OPTION]')])
    expect(api.posts).toBe(1)
  })
})
