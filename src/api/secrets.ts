// What must not get out, and in which forms it could.

/** What an API is asked with. */
export interface Credentials {
  readonly apiKey?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

// Other headers name a version, a project or a type of content, which may stand anywhere in an answer.
const TELLING = /auth|key|token|secret|cookie|pass|cred|sign/i

/** The key, and those of the user's own headers whose name says that they are a secret too; also without their `Bearer`. */
export function keysOf({ apiKey = '', headers = {} }: Credentials): string[] {
  const telling = Object.entries(headers).filter(([name]) => TELLING.test(name))
  return [apiKey, ...telling.flatMap(([, value]) => [value, ...value.split(/\s+/)])]
}

/** The same, and what every other header of the user holds: more than must be kept secret, for messages. */
export function secretsOf(credentials: Credentials): string[] {
  return [...keysOf(credentials), ...Object.values(credentials.headers ?? {})]
}

/** Secrets as they may stand in a text: as they are, in JSON, in a link, in base64. The longest first. */
export function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const encoded = encodeURIComponent(secret)
    const lower = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
    const base64 = base64FormsOf(secret)
    const json = JSON.stringify(secret).slice(1, -1)
    return [secret, json, encoded, lower, ...base64, ...base64.map(encodeURIComponent)]
  })
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

// Base64 of a longer text that holds the secret, at each of the three places where it can begin; without the letters that
// its neighbours have part in.
function base64FormsOf(secret: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
    const [start, end] = [Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6)]
    return (['base64', 'base64url'] as const).map((kind) => bytes.toString(kind).slice(start, end))
  })
}
