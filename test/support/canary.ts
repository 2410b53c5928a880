// A key that is known again in every form, and an API that repeats it wherever an answer has room.
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative, sep } from 'node:path'
import { onTestFinished } from 'vitest'
import { picture } from '../render/pictures.ts'

/** A key such as no provider gives out, so that nothing but the key itself can tell that it is one. */
export const CANARY = 'canary+8f3a2b7c/9d1e4f60=5c7b9a'

const base64 = [0, 1, 2].flatMap((shift) => {
  // What its base64 is within a longer text: without the letters that it shares with its neighbours.
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(CANARY)])
  const [from, to] = [Math.ceil((shift * 4) / 3), Math.floor((bytes.length * 4) / 3)]
  return (['base64', 'base64url'] as const).map((kind) => bytes.toString(kind).slice(from, to))
})
const encoded = encodeURIComponent(CANARY)
const FORMS = [CANARY, encoded, encoded.toLowerCase(), JSON.stringify(CANARY).slice(1, -1), ...base64].map(
  (form) => Buffer.from(form),
)

/** The forms of the key that bytes hold. */
export function canariesIn(bytes: Uint8Array | string): string[] {
  const held = Buffer.from(bytes as Uint8Array)
  return FORMS.filter((form) => held.includes(form)).map(String)
}

const REPEATED = `I know your key: ${CANARY}, ${encoded}, ${Buffer.from(CANARY).toString('base64')}, ${Buffer.from(`x:${CANARY}`).toString('base64')}.`

/** The files of a folder that hold the key in some form, or have it in their name; but those of the names in `but`. */
export async function filesWith(root: string, but: readonly string[] = []): Promise<string[]> {
  const all = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = all
    .filter((one) => one.isFile() && !but.includes(one.name))
    .map((one) => join(one.parentPath, one.name))
  const held = await Promise.all(
    paths.map(async (path) => canariesIn(path).length + canariesIn(await readFile(path)).length > 0),
  )
  return paths
    .filter((_, index) => held[index])
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort()
}

/** Stands for the key, each letter of it escaped as JSON may. */
const MARK = '(escaped)'
const ESCAPED = Array.from(CANARY, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')

/** What it answers to a prompt: the last word of the prompt says which. */
export const ANSWERS = {
  picture: { status: 200 },
  page: { status: 200 },
  error: { status: 200 },
  empty: { status: 200 },
  noise: { status: 200 },
  link: { status: 200 },
  cut: { status: 200 },
  refused: { status: 400, code: 'moderation_blocked' },
  mistaken: { status: 400, code: CANARY },
  unknown: { status: 500, code: CANARY },
  forbidden: { status: 401, code: 'invalid_api_key' },
  broke: { status: 429, code: 'insufficient_quota' },
  slow: { status: 429, code: 'rate_limit_exceeded' },
  gone: { status: 404, code: 'model_not_found' },
  moved: { status: 301, code: CANARY },
} as const
/** See `ANSWERS`. */
export type AnswerWord = keyof typeof ANSWERS

/** Starts it; it stops after the test. */
export async function startParrot(): Promise<{
  readonly baseURL: string
  readonly asked: readonly string[]
}> {
  const asked: string[] = []
  const drawn = (await picture({ width: 64, height: 64 })).toString('base64')
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.method !== 'POST') return repeat(outgoing, 404, {})
    const { prompt } = JSON.parse(Buffer.concat(await incoming.toArray()).toString()) as { prompt: string }
    asked.push(prompt)
    const kept = { created: 1, size: CANARY, quality: encoded, background: REPEATED, output_format: CANARY }
    const usage = { total_tokens: 10, input_tokens_details: { [CANARY]: REPEATED }, note: [REPEATED] }
    const answer = (data: object[]) => repeat(outgoing, 200, { ...kept, usage, data, [CANARY]: REPEATED })
    const word = prompt.split(' ').at(-1) as AnswerWord
    const { port } = server.address() as AddressInfo
    if (word === 'picture') answer([{ b64_json: drawn, revised_prompt: `${REPEATED}${MARK}` }])
    else if (word === 'page') repeat(outgoing, 200, `<html>${REPEATED}</html>`)
    else if (word === 'empty') answer([])
    else if (word === 'noise')
      answer([{ b64_json: Buffer.from(CANARY).toString('base64'), revised_prompt: REPEATED }])
    else if (word === 'link')
      answer([
        {
          url: `http://${encoded}:x@127.0.0.1:${port}/${CANARY}.png?key=${encoded}`,
          revised_prompt: REPEATED,
        },
      ])
    else if (word === 'cut') {
      outgoing.writeHead(200, { ...headers(), 'content-length': '100000' })
      outgoing.write(JSON.stringify({ ...kept, note: REPEATED }), () => incoming.socket.destroy())
    } else {
      const { status, code = CANARY } = ANSWERS[word] as { status: number; code?: string }
      const error = {
        message: REPEATED,
        type: CANARY,
        param: CANARY,
        code,
        moderation_details: { [CANARY]: REPEATED },
      }
      repeat(outgoing, status, { error, note: MARK })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked }
}

const headers = () => ({
  'content-type': `application/json; for=${CANARY}`,
  'x-request-id': CANARY,
  'openai-processing-ms': REPEATED,
  'x-ratelimit-remaining': REPEATED,
  'retry-after-ms': '1',
  location: `http://127.0.0.1/${CANARY}?key=${encoded}`,
  'set-cookie': `key=${encoded}`,
  'www-authenticate': `Bearer ${CANARY}`,
})

function repeat(outgoing: ServerResponse<IncomingMessage>, status: number, body: object | string): void {
  const page = typeof body === 'string'
  outgoing.writeHead(status, {
    ...headers(),
    ...(page ? { 'content-type': `text/html; for=${CANARY}` } : {}),
  })
  outgoing.end(page ? body : JSON.stringify(body).replaceAll(MARK, ESCAPED))
}
