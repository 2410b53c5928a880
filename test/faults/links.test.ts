// Answers with a link: it is paid for, wherever it leads. Nobody is connected to who is not on the open internet, and a
// link that fails is fetched again without another request.

import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { pour, withLink } from './answers.ts'
import { backdate } from './at-rest.ts'
import { area, type Expected, fault } from './matrix.ts'
import type { Scene } from './scene.ts'
import { closeSocketServer, type Download, listen } from './server.ts'

/** The link is refused now and later; after a day it counts as lost, and the picture is asked for anew. */
const refused = (why: RegExp, next = /Its answer stays pending for a day: look why that host/): Expected => ({
  ...{ posts: [1, 0, 1], exits: [1, 1, 1], paid: 2, codes: ['DOWNLOAD_FAILED'] },
  says: [/✗ boat: The picture is paid for, and its link at/, why, next],
})

async function untilLost(scene: Scene): Promise<void> {
  await scene.run()
  await scene.run()
  backdate(scene, 25)
  await scene.run()
}

/** Fails in the first run; the next one fetches it. */
const fetchedLater = (why: RegExp): Expected => ({
  ...{ posts: [1, 0], exits: [1, 0], paid: 1, codes: ['DOWNLOAD_FAILED'] },
  says: [
    /✗ boat: The picture is paid for/,
    why,
    /Run again soon: only the link is fetched again/,
    /1 finished for free/,
  ],
})

area('a link that leads nowhere good', () => {
  const leads = (name: string, address: string, why: RegExp, next?: RegExp) =>
    fault({ fault: name, expect: refused(why, next) }, async (scene) => {
      scene.api.script(withLink(() => address))
      await untilLost(scene)
    })
  leads(
    'to the metadata address 169.254.169.254',
    'http://169.254.169.254/latest/meta-data/',
    /which is not https/,
    /only the link is fetched again/,
  )
  leads('to it by https', 'https://169.254.169.254/latest/meta-data/', /no public address but a metadata one/)
  leads('to a private address', 'https://10.0.0.1/boat.png', /no public address but a private one/)
  leads(
    'to a file of this machine',
    'file:///etc/passwd',
    /which is not https/,
    /only the link is fetched again/,
  )

  fault(
    { fault: 'redirected to the metadata address', expect: refused(/no public address but a metadata one/) },
    async (scene) => {
      scene.api.script(withLink())
      scene.api.scriptDownloads(...Array(3).fill(to('https://169.254.169.254/latest/meta-data/')))
      await untilLost(scene)
    },
  )
  fault(
    {
      fault: 'redirected in a circle',
      expect: {
        ...refused(/leads on more than 5 times/),
        says: [/✗ boat: .*more than 5 times/, /Run again soon/],
      },
    },
    async (scene) => {
      scene.api.script(withLink())
      scene.api.scriptDownloads(...Array(18).fill(to('/files/again')))
      await untilLost(scene)
    },
  )

  fault(
    {
      fault: 'by a name that stands for this machine',
      room: true,
      expect: refused(/at 127\.0\.0\.1, which is no public address but a loopback one/),
    },
    async (scene) => {
      let connections = 0
      const trap = createServer((socket) => {
        connections++
        socket.destroy()
      })
      const port = new URL(await listen(trap)).port
      onTestFinished(() => closeSocketServer(trap))
      const resolve = hostsOf(scene)
      resolve('127.0.0.1 files.example.test')
      scene.api.script(withLink(() => `https://files.example.test:${port}/boat.png`))
      await untilLost(scene)
      if (connections > 0) throw new Error(`${connections} connections to it`)
    },
  )
  fault(
    {
      fault: 'by a name that is another machine at the second look',
      room: true,
      expect: refused(/at 169\.254\.169\.254, which is not this machine but a metadata address/),
    },
    async (scene) => {
      const resolve = hostsOf(scene)
      resolve('127.0.0.1 boat.localhost')
      const address = scene.api.origin.replace('127.0.0.1', 'boat.localhost')
      scene.api.script(withLink((own) => own.replace(scene.api.origin, address)))
      const rebind: Download = (_, response) => {
        resolve('169.254.169.254 boat.localhost')
        response.writeHead(302, { location: '/files/again' }).end()
      }
      scene.api.scriptDownloads(rebind)
      await untilLost(scene)
    },
  )
})

area('a link that fails for a while', () => {
  const later = (name: string, why: RegExp, downloads: readonly Download[], rest: object = {}) =>
    fault({ fault: name, expect: fetchedLater(why), ...rest }, async (scene) => {
      scene.api.script(withLink())
      scene.api.scriptDownloads(...downloads)
      await scene.run()
      await scene.run()
    })
  const status =
    (code: number): Download =>
    (_, response) =>
      response.writeHead(code).end()
  later('404, and there in the next run', /it answered 404 \(tried 5 times\)/, Array(5).fill(status(404)))
  later('503', /it answered 503/, Array(5).fill(status(503)))
  later(
    'a page in place of the picture',
    /it answered a page/,
    Array(5).fill((_: unknown, response: Parameters<Download>[1]) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in'),
    ),
  )
  later(
    'cut in the middle',
    /the answer was cut off|closed/,
    Array(5).fill(((_, response, bytes) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes.length })
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
    }) satisfies Download),
  )
  later('a body that never ends', /larger than any picture \(tried once\)/, [
    (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' })
      pour(response)
    },
  ])
  later(
    'no answer',
    /no answer within/,
    Array(5).fill(() => {}),
    { options: { provider: { timeout: { headers: 2000 } } } },
  )
})

const to =
  (location: string): Download =>
  (_, response) =>
    response.writeHead(302, { location }).end()

/** Sets what names stand for in the scene's room, in the way of the machine itself. */
function hostsOf({ room, temp }: Scene): (line: string) => void {
  const file = join(temp, 'hosts')
  writeFileSync(file, '')
  room.sh(`mount --bind ${file} /etc/hosts`)
  return (line) => writeFileSync(file, `127.0.0.1 localhost\n${line}\n`)
}
