/** What the codes of Node and undici mean, as the end of a sentence. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within `provider.timeout.connect`',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within `provider.timeout.headers`',
  UND_ERR_BODY_TIMEOUT: 'nothing more of the answer within `provider.timeout.body`',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer was cut off',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  TOO_SLOW: 'the answer came in too slowly',
  TOO_LARGE: 'the answer was larger than any picture',
}

/** What went wrong with a connection, in words; its code where there are none. Never the message, which may hold anything. */
export function causeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (typeof code !== 'string')
    return name === 'AbortError' || name === 'TimeoutError' ? 'no answer in time' : 'the connection failed'
  return CAUSES[code] ?? `the connection failed with ${code}`
}
