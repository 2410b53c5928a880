// An image API on loopback for measures of speed: its answers are made before it listens and sent as they lie, so that it
// takes next to nothing from the two cores. (The emulator of the package paints each picture when it is asked for.)
// `node server.mjs KIND COUNT LATENCY`: a pool of COUNT pictures, each answer LATENCY ms after its request.
import { createServer } from 'node:http'
import { answer as large, tiny } from './pictures.mjs'

const [kind, count, latency] = process.argv.slice(2)
const draw = { answer: large, tiny }[kind]
const pool = []
for (let i = 0; i < Number(count); i++) {
  const bytes = await draw(1000 + i)
  const usage = { input_tokens: 20, output_tokens: 1056, total_tokens: 1076 }
  const body = { created: 1764000000, data: [{ b64_json: bytes.toString('base64') }], usage }
  pool.push(Buffer.from(JSON.stringify(body)))
}

let asked = 0
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const answer = pool[asked++ % pool.length]
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
      response.end(answer)
    }, Number(latency))
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/v1`))
// Ends with the process that started it.
process.stdin.resume().on('end', () => process.exit())
