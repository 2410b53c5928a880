/** A POST to an images endpoint, as it came. */
export interface SeenRequest {
  /** The answer's `x-request-id`. */
  readonly id: string
  /** ISO time. */
  readonly at: string
  readonly path: string
  /** Names in lower case; without anything that may hold a key. */
  readonly headers: Readonly<Record<string, string>>
  /** The parsed JSON, or the text where it is none. */
  readonly body: unknown
}

/** Whether a request asks for pictures; also under a wrong base, where a lost POST is worth seeing. */
export function isImagesPost(request: Request, pathname: string): boolean {
  return request.method === 'POST' && /\/images\/[a-z]+\/*$/.test(pathname)
}

/** The headers and the body of a request, fit to be shown. */
export function seen(request: Request, body: string): Pick<SeenRequest, 'headers' | 'body'> {
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !SECRET.test(name)))
  try {
    return { headers, body: JSON.parse(body) }
  } catch {
    return { headers, body }
  }
}

const SECRET = /^(authorization|proxy-authorization|cookie|.*api-?key)$/
