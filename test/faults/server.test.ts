// A server that hangs, breaks off or lies: the request may have been billed, is not sent again in that run, and the next one
// says so before it asks.
import { drip, flood, hang, hangUp, instead, otherProtocol, partly, reset, unended } from './answers.ts'
import { first, maybeBilled } from './first-request.ts'
import { area, fault } from './matrix.ts'

const impatient = { options: { provider: { timeout: { headers: 1500, body: 300 } } } }

area('the answer never comes', () => {
  first('it hangs before the headers', hang, maybeBilled, impatient)
  first('it hangs after the headers', partly(0), maybeBilled, impatient)
  first('it hangs in the middle of the body', partly(0.5), maybeBilled, impatient)
  first('it drips in, a byte at a time, for ever', drip(50), maybeBilled, { ...impatient, seconds: 30 })
  first('it never ends', flood, { ...maybeBilled, says: [...maybeBilled.says, /larger than any picture/] })
  first('reset before the headers', reset, maybeBilled)
  first('closed without a word', hangUp, maybeBilled)
  first(
    'reset in the body',
    partly(0.5, ({ request }) => request.socket.resetAndDestroy()),
    maybeBilled,
  )
  fault(
    {
      fault: 'closed after its last byte, without an end',
      expect: { posts: [1], exits: [0], paid: 1, says: [/1 picture made/] },
    },
    async (scene) => {
      scene.api.script(unended)
      await scene.run()
    },
  )
  first(
    'closed in the body',
    partly(0.5, ({ request }) => request.socket.destroy()),
    maybeBilled,
  )
})

area('the answer is no picture', () => {
  first(
    'JSON that breaks off',
    instead((good) => good.slice(0, -200)),
    maybeBilled,
  )
  first(
    'a page with status 200',
    instead(() => '<!doctype html><title>Welcome</title>', { 'content-type': 'text/html' }),
    maybeBilled,
  )
  first(
    '200 with no data',
    instead(() => '{"created":1,"data":[]}'),
    maybeBilled,
  )
  first(
    '200 with an error in it',
    instead(() => '{"error":{"message":"upstream failed","type":"server_error"}}'),
    maybeBilled,
  )
  first(
    '200 with wrong base64',
    instead(() => '{"created":1,"data":[{"b64_json":"@@@ no base64 @@@"}]}'),
    maybeBilled,
  )
  first(
    '200 and nothing',
    instead(() => ''),
    maybeBilled,
  )
  for (const status of [500, 502, 504, 524])
    first(
      `${status}`,
      instead(() => `<h1>Error ${status}</h1>`, { 'content-type': 'text/html' }, status),
      maybeBilled,
    )
  first('something that is not HTTP', otherProtocol, maybeBilled)
})
