// An API that refuses, for a while or for good: what is sent again, and what stops the run. And one that repeats the key.
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { emulated, refuse, whole } from './answers.ts'
import { first, maybeBilled, refused } from './first-request.ts'
import { area, type Expected, fault } from './matrix.ts'
import type { Scene } from './scene.ts'
import { type Answer, closeServer, listen } from './server.ts'

const ordered = (order: Parameters<typeof emulated>[0]) => (scene: Scene) =>
  emulated(order, scene.api.emulator)

area('the API refuses', () => {
  const kinds: readonly (readonly [string, Parameters<typeof emulated>[0], Expected])[] = [
    [
      'Retry-After of an hour',
      { fault: 'status', status: 429, retryAfter: 3600 },
      refused('RETRY_AFTER_TOO_LONG', /Run again in 60 min/),
    ],
    [
      '401',
      { fault: 'status', status: 401 },
      refused('KEY_REFUSED', /Check that the key belongs to this address/, 2),
    ],
    [
      '404 for the model',
      { fault: 'status', status: 404 },
      refused('MODEL_NOT_FOUND', /Choose a model that/),
    ],
    [
      '400 for the prompt',
      { fault: 'status', status: 400, code: 'moderation_blocked' },
      refused('REFUSED', /Write the prompt differently/),
    ],
    ['out of money', { fault: 'insufficient-quota' }, refused('OUT_OF_MONEY', /Top up or raise the limit/)],
    [
      "CometAPI's 500 invalid_request",
      { fault: 'status', status: 500, type: 'comet_api_error', code: 'invalid_request' },
      refused('REQUEST_REJECTED', /Compare the entry's fields/),
    ],
  ]
  for (const [name, order, expect] of kinds) {
    fault({ fault: name, expect }, async (scene) => {
      scene.api.script(ordered(order)(scene))
      await scene.run()
      await scene.run()
    })
  }

  fault(
    {
      fault: 'a storm of 429, then it answers',
      expect: { posts: [5], exits: [0], paid: 1, says: [/boat: waiting .* slow down/, /1 picture made/] },
    },
    async (scene) => {
      scene.api.script(...Array(4).fill(ordered({ fault: 'status', status: 429, retryAfter: 0.1 })(scene)))
      await scene.run()
    },
  )

  fault(
    {
      fault: 'out of money in the middle of 20 pictures: it stops them all',
      ...{ pictures: 20, options: { provider: { concurrency: 1 } } },
      expect: {
        ...{ posts: [10, 11], exits: [1, 0], paid: 20, codes: ['OUT_OF_MONEY', 'STOPPED'] },
        says: [
          /✗ boat-10: The account .* has nothing left to spend/,
          /Top up/,
          /boat-1\d, .* and 5 more: Not asked for/,
        ],
      },
    },
    async (scene) => {
      scene.api.script(...Array(9).fill(whole), ordered({ fault: 'insufficient-quota' })(scene))
      await scene.run()
      await scene.run()
    },
  )

  fault(
    {
      fault: 'the POST is redirected to another host',
      expect: refused('WRONG_ADDRESS', /Set `provider.baseURL` to the whole base/, 2),
    },
    async (scene) => {
      let strays = 0
      const other = createServer((_, response) => {
        strays++
        response.end('{}')
      })
      const origin = await listen(other)
      onTestFinished(() => closeServer(other))
      scene.api.script(refuse(307, '', { location: `${origin}/v1/images/generations` }))
      await scene.run()
      await scene.run()
      if (strays > 0) throw new Error('the redirect was followed')
    },
  )

  fault(
    {
      fault: 'nobody listens',
      expect: { ...refused('API_UNREACHABLE', /Look at the network/), posts: [0, 1] },
    },
    async (scene) => {
      const gone = createServer()
      const origin = await listen(gone)
      await closeServer(gone)
      await scene.run([], { environment: { GENERATE_IMAGES_BASE_URL: `${origin}/v1` } })
      await scene.run()
    },
  )
})

area('the API repeats the key', () => {
  const echo =
    (wrap: (authorization: string) => string): Answer =>
    async ({ request, response }) =>
      response.writeHead(400, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          error: { message: wrap(request.headers.authorization ?? ''), type: 'x', code: 'y', param: null },
        }),
      )
  first(
    'in the message of an error',
    echo((key) => `Bad header: ${key}`),
    refused('REQUEST_REJECTED', /\[key\]/),
  )
  first(
    'in a page with status 502',
    async (post) => {
      await post.good()
      post.send(
        `<h1>Bad gateway</h1><pre>${post.request.headers.authorization}</pre>`,
        { 'content-type': 'text/html' },
        502,
      )
    },
    maybeBilled,
  )
  first(
    'in a page with status 200',
    async (post) => {
      await post.good()
      post.send(`<pre>authorization: ${post.request.headers.authorization}</pre>`, {
        'content-type': 'text/html',
      })
    },
    maybeBilled,
  )
  fault(
    { fault: 'in a good answer', expect: { posts: [1], exits: [0], paid: 1, says: [/1 picture made/] } },
    async (scene) => {
      scene.api.script(async (post) => {
        const { data, ...answer } = JSON.parse(await post.good())
        const revised_prompt = `A boat, asked for with ${post.request.headers.authorization}`
        post.send(JSON.stringify({ ...answer, data: [{ ...data[0], revised_prompt }] }))
      })
      await scene.run()
    },
  )
})
