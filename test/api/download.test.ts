// Fetching what is paid for: as often as needed, without the key, and never into the open.
import { afterEach, expect, test } from 'vitest'
import { KEY, quickClient, shown } from './support/client.ts'
import { hang, page, reset, type Scripted, type Step, serve, text } from './support/server.ts'

const servers: Scripted[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(...steps: Step[]): Promise<Scripted> {
  const server = await serve(...steps)
  servers.push(server)
  return server
}

const bytes = Buffer.from('89504e470d0a1a0a', 'hex')
const picture = text(200, bytes, { 'content-type': 'image/png' })
const to = (location: string): Step => text(302, '', { location })

/** A client of an API on this machine: its links may be http. */
const client = (options: Parameters<typeof quickClient>[1] = {}) =>
  quickClient('http://127.0.0.1:1/v1', options)
const signed = '/pictures/boat.png?Signature=canary-signature'

test('a picture is fetched without the key and without own headers', async () => {
  const server = await start(picture)
  const fetched = await client({ headers: { 'x-secret': 'do-not-tell' } }).fetchPicture(
    server.origin + signed,
  )
  expect(fetched).toEqual({ ok: true, bytes, attempts: 1 })
  expect(server.seen).toMatchObject([{ method: 'GET', path: signed }])
  expect(server.seen[0]?.headers).not.toHaveProperty('authorization')
  expect(JSON.stringify(server.seen)).not.toMatch(/do-not-tell|0123456789abcdef/)
  expect(KEY).toContain('0123456789abcdef')
})

test('redirects are followed, relative ones too, without the key', async () => {
  const other = await start(picture)
  const server = await start(to('/elsewhere?x=1'), to(`${other.origin}/final.png`))
  expect(await client().fetchPicture(server.origin + signed)).toMatchObject({ ok: true, attempts: 1 })
  expect(server.seen.map(({ path }) => path)).toEqual([signed, '/elsewhere?x=1'])
  expect(other.seen[0]?.headers).not.toHaveProperty('authorization')
})

test('a redirect to http on another machine is refused at once', async () => {
  const server = await start(to('http://files.example.test/boat.png?Signature=canary-signature'))
  const quick = client()
  const failure = shown(await quick.fetchPicture(server.origin + signed), server.origin)
  expect(failure).toMatchInlineSnapshot(`
    {
      "billed": "yes",
      "class": "paid-not-fetched",
      "message": "The picture is paid for, and its link at http://api can't be fetched: it leads to http://files.example.test, which is not https (tried once). [DOWNLOAD_FAILED]
      → Run again soon: only the link is fetched again, and links are good for an hour to a day.",
      "stopsRun": false,
    }
  `)
  expect(server.seen).toHaveLength(1)
  expect(quick.slept).toEqual([])
})

test.each(['http://files.example.test/a.png', 'file:///etc/passwd', 'data:image/png;base64,aGk=', 'no link'])(
  '%s is not fetched',
  async (link) => {
    expect(await client().fetchPicture(link)).toMatchObject({
      ok: false,
      class: 'paid-not-fetched',
      billed: 'yes',
      attempts: 1,
    })
  },
)

test('redirects without an end', async () => {
  const server = await start(to('/again'))
  const fetched = await client({ retries: 0 }).fetchPicture(server.origin + signed)
  expect(shown(fetched, server.origin)).toMatchObject({
    message: expect.stringContaining('it leads on more than 5 times'),
  })
  expect(server.seen).toHaveLength(6)
})

test('failures of every kind are tried again: a GET costs nothing', async () => {
  const empty = text(200, '', { 'content-type': 'image/png' })
  const server = await start(text(503, ''), reset, page, empty, picture)
  const quick = client()
  expect(await quick.fetchPicture(server.origin + signed)).toEqual({ ok: true, bytes, attempts: 5 })
  expect(quick.slept).toEqual([500, 1000, 2000, 4000])
})

test('a cut body is not a picture', async () => {
  const cut: Step = (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': 100 })
    response.write(bytes, () => response.destroy())
  }
  const server = await start(cut, picture)
  expect(await client().fetchPicture(server.origin + signed)).toEqual({ ok: true, bytes, attempts: 2 })
})

test('a link that is gone: paid, not fetched, and only its origin is told', async () => {
  const server = await start(text(404, ''))
  const failure = shown(await client().fetchPicture(server.origin + signed), server.origin)
  expect(failure).toMatchInlineSnapshot(`
    {
      "billed": "yes",
      "class": "paid-not-fetched",
      "message": "The picture is paid for, and its link at http://api can't be fetched: it answered 404 (tried 5 times). [DOWNLOAD_FAILED]
      → Run again soon: only the link is fetched again, and links are good for an hour to a day.",
      "stopsRun": false,
    }
  `)
  expect(server.seen).toHaveLength(5)
  expect(server.seen.every(({ method }) => method === 'GET')).toBe(true)
})

test('a picture beyond the cap', async () => {
  const server = await start(picture)
  const fetched = await client({ maxBytes: 4 }).fetchPicture(server.origin + signed)
  expect(shown(fetched, server.origin)).toMatchObject({
    message: expect.stringContaining('larger than any picture (tried once)'),
  })
})

test('a host that never answers', async () => {
  const server = await start(hang)
  const fetched = await client({ timeout: { headers: 50 }, retries: 1 }).fetchPicture(server.origin + signed)
  expect(shown(fetched, server.origin)).toMatchObject({ class: 'paid-not-fetched', billed: 'yes' })
  expect(server.seen).toHaveLength(2)
})

test('an interruption ends it', async () => {
  const stop = new AbortController()
  const server = await start(() => stop.abort())
  const fetched = await client().fetchPicture(server.origin + signed, { signal: stop.signal })
  expect(shown(fetched, server.origin)).toMatchObject({
    message: expect.stringContaining('the run was interrupted'),
  })
  expect(server.seen).toHaveLength(1)
})
