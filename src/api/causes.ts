/** What codes mean, Node's and those of this folder, as the end of a sentence. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'no connection in time',
  CONNECT_TIMEOUT: 'no connection within `provider.timeout.connect`',
  HEADERS_TIMEOUT: 'no answer within `provider.timeout.headers`',
  BODY_TIMEOUT: 'nothing more of the answer within `provider.timeout.body`',
  ECONNRESET: 'the connection was reset',
  CUT_OFF: 'the answer was cut off',
  EPIPE: 'the connection was closed',
  TOO_SLOW: 'the answer came in too slowly',
  TOO_LARGE: 'the answer was larger than any picture',
}

/** What went wrong with a connection, in words; its code where there are none. Never the message, which may hold anything. */
export function causeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (typeof code !== 'string')
    return name === 'AbortError' || name === 'TimeoutError' ? 'no answer in time' : 'the connection failed'
  if (isClosed(error)) return 'the connection was closed'
  return CAUSES[code] ?? `the connection failed with ${code}`
}

/** Whether a connection was closed in good order before all was said: Node's HTTP client says the same of it as of a reset. */
export function isClosed(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown }
  return code === 'ECONNRESET' && syscall === undefined
}
