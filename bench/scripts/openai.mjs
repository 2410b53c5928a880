// What a person writes without this package: the `openai` SDK, so many requests at once, and for each picture its bytes and
// a record with their hash. `node openai.mjs MANIFEST CONCURRENCY` writes into generated/.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { here } from '../places.mjs'

const require = createRequire(here('peers/package.json'))
const { default: OpenAI } = await import(
  pathToFileURL(require.resolve('openai').replace(/\.js$/, '.mjs')).href
)
const [manifest, concurrency] = process.argv.slice(2)
const client = new OpenAI({
  baseURL: process.env.GENERATE_IMAGES_BASE_URL,
  apiKey: process.env.GENERATE_IMAGES_API_KEY,
})
const entries = Object.entries(JSON.parse(readFileSync(manifest, 'utf8')).images)
mkdirSync('generated', { recursive: true })

async function work() {
  for (let next = entries.shift(); next !== undefined; next = entries.shift()) {
    const [name, { prompt }] = next
    const request = { model: 'gpt-image-2', prompt, size: '1024x1024', quality: 'medium' }
    const { data, created, usage } = await client.images.generate(request)
    const bytes = Buffer.from(data[0].b64_json, 'base64')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const record = {
      request,
      original: { file: `${name}.png`, sha256, bytes: bytes.length },
      answer: { created, usage },
    }
    await writeFile(`generated/${name}.png`, bytes)
    await writeFile(`generated/${name}.json`, `${JSON.stringify(record, null, 2)}\n`)
  }
}
await Promise.all(Array.from({ length: Number(concurrency) }, work))
