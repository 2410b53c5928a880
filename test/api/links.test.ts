// Where a link may lead: the address decides, at the moment of connecting, on every hop.

import type { AddressInfo, Socket } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createGate, Refused } from '../../src/api/gate.ts'
import { quickClient, shown } from './support/client.ts'
import { type Scripted, type Step, serve, text } from './support/server.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(...steps: Step[]): Promise<Scripted & { port: string }> {
  const server = await serve(...steps)
  closing.push(server.close)
  return { ...server, port: new URL(server.origin).port }
}

/** A port of this machine that counts who connects. */
async function listening(): Promise<{ port: number; connections: () => number }> {
  let count = 0
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    count++
    sockets.push(socket)
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return { port: (server.address() as AddressInfo).port, connections: () => count }
}

const bytes = Buffer.from('89504e470d0a1a0a', 'hex')
const picture = text(200, bytes, { 'content-type': 'image/png' })
const to = (location: string): Step => text(302, '', { location })

/** Answers each lookup with the next of some lists, then with the last; writes down what was asked. */
function names(...answers: (readonly string[])[]) {
  const asked: string[] = []
  const resolveHost = async (hostname: string) => {
    asked.push(hostname)
    return answers[Math.min(asked.length, answers.length) - 1] ?? []
  }
  return { asked, resolveHost }
}

const far = (options: Parameters<typeof quickClient>[1] = {}) =>
  quickClient('https://api.example.test/v1', options)
const near = (options: Parameters<typeof quickClient>[1] = {}) =>
  quickClient('http://127.0.0.1:1/v1', options)
const link = (origin: string) => `${origin}/boat.png?Signature=canary-signature`
const messageOf = async (fetched: unknown) =>
  (shown(await fetched, 'http://none') as { message: string }).message

test('the error: what was refused, that it is paid for, and that it stays pending', async () => {
  const failure = shown(await far().fetchPicture(link('https://169.254.169.254')), 'http://none')
  expect(failure).toMatchInlineSnapshot(`
    {
      "billed": "yes",
      "class": "paid-not-fetched",
      "message": "The picture is paid for, and its link at https://169.254.169.254 can't be fetched: it leads to 169.254.169.254, which is no public address but a metadata one (tried once). [DOWNLOAD_FAILED]
      → Its answer stays pending for a day: look why that host is not on the open internet, then run again.",
      "stopsRun": false,
    }
  `)
})

test.each([
  ['https://10.0.0.5', '10.0.0.5, which is no public address but a private one'],
  ['https://100.64.3.4', '100.64.3.4, which is no public address but a private one'],
  ['https://[fd00:ec2::254]', 'fd00:ec2::254, which is no public address but a metadata one'],
  ['https://[::ffff:169.254.169.254]', '::ffff:a9fe:a9fe, which is no public address but a metadata one'],
  ['https://[64:ff9b::7f00:1]', '64:ff9b::7f00:1, which is no public address but a loopback one'],
  ['https://[2002:7f00:1::]', '2002:7f00:1::, which is no public address but a reserved one'],
  ['https://0.0.0.0', '0.0.0.0, which is no public address but an unspecified one'],
  ['https://224.0.0.1', '224.0.0.1, which is no public address but a multicast one'],
  // Spellings that `URL` turns into addresses.
  ['https://0x7f.1', '127.0.0.1, which is no public address but a loopback one'],
  ['https://2852039166', '169.254.169.254, which is no public address but a metadata one'],
])('%s is refused without a lookup', async (origin, why) => {
  const { asked, resolveHost } = names([])
  expect(await messageOf(far({ resolveHost }).fetchPicture(link(origin)))).toContain(`it leads to ${why}`)
  expect(asked).toEqual([])
})

test.each(['127.0.0.1', '::ffff:127.0.0.1', '169.254.169.254', '10.0.0.1', '::', 'fe80::1%lo'])(
  'a name that stands for %s is refused, and nobody is connected to',
  async (address) => {
    const trap = await listening()
    const { asked, resolveHost } = names([address])
    const quick = far({ resolveHost })
    const message = await messageOf(quick.fetchPicture(link(`https://files.example.test:${trap.port}`)))
    expect(message).toContain(`it leads to files.example.test at ${address}, which is no public address`)
    expect(message).toContain('(tried once)')
    expect(asked).toEqual(['files.example.test'])
    expect(trap.connections()).toBe(0)
  },
)

test.each(['localhost', 'localhost.', 'boat.localhost', '127.0.0.1', '[::1]'])(
  'this machine as %s is refused where the API is another one, by http and by https',
  async (host) => {
    const trap = await listening()
    for (const protocol of ['http', 'https']) {
      const fetched = await far({ retries: 0 }).fetchPicture(link(`${protocol}://${host}:${trap.port}`))
      expect(fetched).toMatchObject({ ok: false, billed: 'yes' })
    }
    expect(trap.connections()).toBe(0)
  },
)

test('a name is looked up once for a connection, and what was looked at is connected to', async () => {
  const server = await start(picture)
  const { asked, resolveHost } = names(['127.0.0.1'], ['169.254.169.254'])
  const fetched = await near({ resolveHost }).fetchPicture(link(`http://boat.localhost:${server.port}`))
  expect(fetched).toEqual({ ok: true, bytes, attempts: 1 })
  expect(asked).toEqual(['boat.localhost'])
  expect(server.seen).toHaveLength(1)
})

test('a name that stands for another machine at the next hop is refused there', async () => {
  const server = await start(to('/again.png'), picture)
  const { asked, resolveHost } = names(['127.0.0.1'], ['169.254.169.254'])
  const fetched = near({ resolveHost }).fetchPicture(link(`http://boat.localhost:${server.port}`))
  expect(await messageOf(fetched)).toContain(
    'it leads to boat.localhost at 169.254.169.254, which is not this machine but a metadata address',
  )
  expect(asked).toEqual(['boat.localhost', 'boat.localhost'])
  expect(server.seen.map(({ path }) => path)).toEqual(['/boat.png?Signature=canary-signature'])
})

test('a name that stands for another machine at the next try is refused there', async () => {
  const server = await start(text(503, ''), picture)
  const { resolveHost } = names(['127.0.0.1'], ['10.0.0.1'])
  const fetched = near({ resolveHost }).fetchPicture(link(`http://boat.localhost:${server.port}`))
  expect(await messageOf(fetched)).toContain('at 10.0.0.1, which is not this machine but a private address')
  expect(server.seen).toHaveLength(1)
})

test.each([
  'https://169.254.169.254/latest/meta-data',
  'https://[fe80::1]/',
  'https://10.0.0.1/',
  'https://0.0.0.0/',
])('a redirect to %s is refused', async (location) => {
  const server = await start(to(location))
  const quick = near()
  expect(await messageOf(quick.fetchPicture(link(server.origin)))).toContain('which is no public address')
  expect(server.seen).toHaveLength(1)
  expect(quick.slept).toEqual([])
})

test('a redirect from one host to http on this machine is refused where the API is another machine', async () => {
  const server = await start(picture)
  const fetched = far().fetchPicture(link(server.origin))
  expect(await messageOf(fetched)).toContain(`it leads to ${server.origin}, which is not https`)
  expect(server.seen).toEqual([])
})

test('of several addresses the public ones alone are connected to', async () => {
  const gate = createGate({
    loopback: false,
    ...names(['10.0.0.1', '8.8.8.8', '::1', '2606:4700::1111', '127.0.0.1']),
  })
  const found = await new Promise((resolve) =>
    gate.lookup('files.example.test', { all: true }, (error, addresses) => resolve([error, addresses])),
  )
  expect(found).toEqual([
    null,
    [
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ],
  ])
})

test('a name that is public first and this machine afterwards', async () => {
  const gate = createGate({ loopback: false, ...names(['8.8.8.8'], ['127.0.0.1'], ['169.254.169.254']) })
  const next = () =>
    new Promise((resolve) =>
      gate.lookup('files.example.test', {}, (error, address, family) =>
        resolve(error instanceof Refused ? error.message : [error, address, family]),
      ),
    )
  expect([await next(), await next(), await next()]).toEqual([
    [null, '8.8.8.8', 4],
    'it leads to files.example.test at 127.0.0.1, which is no public address but a loopback one',
    'it leads to files.example.test at 169.254.169.254, which is no public address but a metadata one',
  ])
})

test('a name without an address, and one that can not be looked up, are tried again', async () => {
  const none = far({ resolveHost: async () => [], retries: 1 })
  expect(await messageOf(none.fetchPicture(link('https://files.example.test')))).toContain(
    'the host name is not known (tried 2 times)',
  )
  const failing = far({
    resolveHost: () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' })),
    retries: 1,
  })
  expect(await messageOf(failing.fetchPicture(link('https://files.example.test')))).toContain(
    'the host name could not be looked up (tried 2 times)',
  )
})

test('a user and a password in a link are not sent, nor carried over a redirect', async () => {
  const server = await start(to('/again.png'), picture)
  const withUser = server.origin.replace('http://', 'http://boat:canary-password@')
  expect(await near().fetchPicture(`${withUser}/a.png`)).toEqual({ ok: true, bytes, attempts: 1 })
  expect(server.seen).toHaveLength(2)
  expect(JSON.stringify(server.seen)).not.toMatch(/canary|authorization/)
})

test('cookies of a redirect are not sent back', async () => {
  const server = await start(text(302, '', { location: '/again.png', 'set-cookie': 'a=b' }), picture)
  expect(await near().fetchPicture(link(server.origin))).toMatchObject({ ok: true })
  expect(server.seen[1]?.headers).not.toHaveProperty('cookie')
})

test('a redirect with a huge body is followed without reading it', async () => {
  const huge: Step = (_, response) => {
    response.writeHead(302, { location: '/again.png' })
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
    }
    response.on('drain', more)
    more()
  }
  const server = await start(huge, picture)
  expect(await near().fetchPicture(link(server.origin))).toEqual({ ok: true, bytes, attempts: 1 })
})

test('a picture that drips in is given up after the time of one try', async () => {
  const drip: Step = (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' })
    const timer = setInterval(() => response.write('.'), 5)
    response.on('close', () => clearInterval(timer))
  }
  const server = await start(drip)
  const fetched = near({ downloadMs: 100, retries: 1 }).fetchPicture(link(server.origin))
  expect(await messageOf(fetched)).toContain('(tried 2 times)')
  expect(server.seen).toHaveLength(2)
})
