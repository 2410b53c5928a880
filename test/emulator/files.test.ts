import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { Emulator, EmulatorOptions } from '../../src/emulator/index.ts'
import { answered, cheap, get, hashOf } from './support.ts'

const HOUR = 3_600_000

async function link(
  options: EmulatorOptions = {},
): Promise<{ emulator: Emulator; url: string; fetch(init?: RequestInit): Promise<Response> }> {
  const emulator = cheap(options)
  const { data } = await answered(emulator, { model: 'dall-e-2', prompt: 'A boat.', size: '256x256' })
  const url = data[0]!.url!
  return { emulator, url, fetch: (init = {}) => emulator.fetch(new Request(url, init)) }
}

describe('links', () => {
  it('lead to the picture, signed, as often as wanted', async () => {
    const { url, fetch } = await link()
    expect(url).toMatch(/^http:\/\/emulator\.test\/files\/img-[0-9a-f-]{36}\.png\?se=.+&sig=[\w-]{32}$/)
    const first = await fetch()
    expect(first.headers.get('content-type')).toBe('image/png')
    const bytes = Buffer.from(await first.arrayBuffer())
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 256, height: 256 })
    expect(hashOf(Buffer.from(await (await fetch()).arrayBuffer()))).toBe(hashOf(bytes))
  })

  it('are good for an hour', async () => {
    let clock = Date.UTC(2026, 10, 22)
    const { fetch } = await link({ now: () => clock })
    clock += HOUR - 1
    expect((await fetch()).status).toBe(200)
    clock += 1
    const late = await fetch()
    expect(late.status).toBe(403)
    expect(await late.text()).toContain('AuthenticationFailed')
  })

  it('refuse a key, and count that one came', async () => {
    const { emulator, fetch } = await link()
    expect((await fetch({ headers: { authorization: 'Bearer a-key' } })).status).toBe(400)
    expect(emulator.authorizationsAtFiles).toBe(1)
    expect((await fetch()).status).toBe(200)
    expect(emulator.authorizationsAtFiles).toBe(1)
    emulator.reset()
    expect(emulator.authorizationsAtFiles).toBe(0)
  })

  it('refuse a wrong signature, and know only their own', async () => {
    const { emulator, url } = await link()
    expect((await get(emulator, url.replace(/sig=.+/, 'sig=other'), {})).status).toBe(403)
    expect((await get(emulator, '/files/img-unknown.png?sig=x', {})).status).toBe(404)
  })

  it('cost once, however often they are fetched', async () => {
    const { emulator, fetch } = await link()
    await fetch()
    await fetch()
    expect(emulator.ledger).toHaveLength(1)
    expect(emulator.requests).toHaveLength(1)
  })
})
