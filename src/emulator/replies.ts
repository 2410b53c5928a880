// How answers look on the wire, whatever is in them.
import type { Refusal } from './refusals.ts'

/** A JSON answer that says its length, so that a cut is seen. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return text(status, JSON.stringify(body), 'application/json', headers)
}

/** A page. */
export function html(status: number, body: string): Response {
  return text(
    status,
    `<!doctype html><html lang="en"><meta charset="utf-8">${body}</html>`,
    'text/html; charset=utf-8',
  )
}

/** An answer of bytes or text with its type and length. */
export function text(
  status: number,
  body: string | Uint8Array,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    status,
    headers: { 'content-type': type, 'content-length': String(bytes.length), ...headers },
  })
}

/**
 * A refusal in the words of its provider: CometAPI has one `type` for all and writes the request's id into the message.
 */
export function refused(refusal: Refusal, flavor: 'openai' | 'cometapi', requestId: string): Response {
  const { status, headers, message, type, param, code, moderation_details } = refusal
  const details = moderation_details === undefined ? {} : { moderation_details }
  if (flavor === 'openai') return json(status, { error: { message, type, param, code, ...details } }, headers)
  const its = refusal.atComet ?? { status, code: code ?? '' }
  const error = {
    message: `${message} (request id: ${requestId})`,
    type: 'comet_api_error',
    param: param ?? '',
    code: its.code,
  }
  return json(its.status, { error: { ...error, ...details } }, headers)
}
