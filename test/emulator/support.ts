import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.ts'

export const MODEL = 'gpt-image-2'
export const body = (fields: object = {}) => ({
  model: MODEL,
  prompt: 'A paper boat.',
  size: '1024x1024',
  quality: 'low',
  ...fields,
})

/** An emulator whose pictures cost nothing to make. */
export const cheap = (options: EmulatorOptions = {}): Emulator =>
  createEmulator({ picture: 'flat', ...options })

/**
 * Aborts after some milliseconds. Its timer holds it; a request alone would let a signal of `AbortSignal.timeout` be
 * collected before its time.
 */
export function leaveAfter(ms: number): AbortSignal {
  const leaving = new AbortController()
  setTimeout(() => leaving.abort(), ms)
  return leaving.signal
}

/** A POST to images/generations; `init` overrides. */
export function postRequest(fields: unknown, init: RequestInit = {}, base = 'http://emulator.test'): Request {
  return new Request(`${base}/v1/images/generations`, {
    method: 'POST',
    headers: { authorization: 'Bearer a-key', 'content-type': 'application/json' },
    body: typeof fields === 'string' ? fields : JSON.stringify(fields),
    ...init,
  })
}

export const post = (emulator: Pick<Emulator, 'fetch'>, fields: unknown, init?: RequestInit) =>
  emulator.fetch(postRequest(fields, init))

export const get = (
  emulator: Emulator,
  path: string,
  init: RequestInit = { headers: { authorization: 'Bearer a-key' } },
) => emulator.fetch(new Request(new URL(path, 'http://emulator.test'), init))

/** The answer's JSON, of a request that must succeed. */
export async function answered(emulator: Pick<Emulator, 'fetch'>, fields: unknown): Promise<Answer> {
  const response = await post(emulator, fields)
  const answer = await response.json()
  expect(response.status, JSON.stringify(answer).slice(0, 400)).toBe(200)
  return answer as Answer
}

export interface Answer {
  created: number
  data: { b64_json?: string; url?: string; revised_prompt?: string }[]
  usage?: { input_tokens: number; output_tokens: number; total_tokens: number; input_tokens_details: object }
  size?: string
  quality?: string
  background?: string
  output_format?: string
}

/** The `error` of a refusal, with its status. */
export async function refusal(
  emulator: Pick<Emulator, 'fetch'>,
  fields: unknown,
): Promise<Record<string, unknown>> {
  const response = await post(emulator, fields)
  const { error } = (await response.json()) as { error: Record<string, unknown> }
  return { status: response.status, ...error }
}

export const bytesOf = (answer: Answer, i = 0): Buffer => Buffer.from(answer.data[i]!.b64_json!, 'base64')
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
