const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const
const part =
  /(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)(?![a-z])\s*/gi
/** Whatever is longer is never waited for: a year. */
const LONGEST_MS = 365 * 24 * unit.h
const sentence = new RegExp(`again in ((?:${part.source})+)`, 'i')

/**
 * How long the API asks to wait, in milliseconds: `retry-after-ms`, `retry-after` (seconds, or an HTTP date measured
 * from `now`, which is in milliseconds since 1970), or the words "try again in 1m3s" of the message. `undefined` where it
 * does not say. From 0 to a year, whole.
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string>>,
  message: string | undefined,
  now: number,
): number | undefined {
  const ms =
    fromNumber(headers['retry-after-ms'], 1) ??
    fromHeader(headers['retry-after'], now) ??
    fromMessage(message)
  return ms === undefined ? undefined : Math.min(ms, LONGEST_MS)
}

function fromNumber(text: string | undefined, factor: number): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Math.ceil(Number(text) * factor) : undefined
}

function fromHeader(text: string | undefined, now: number): number | undefined {
  const seconds = fromNumber(text, 1000)
  if (text === undefined || seconds !== undefined) return seconds
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function fromMessage(message: string | undefined): number | undefined {
  const found = sentence.exec(message ?? '')?.[1]
  if (found === undefined) return undefined
  let total = 0
  for (const [, amount, name] of found.matchAll(part))
    total += Number(amount) * factorOf(String(name).toLowerCase())
  return Math.ceil(total)
}

function factorOf(name: string): number {
  if (name.startsWith('mil') || name === 'ms') return unit.ms
  return unit[name[0] as 's' | 'm' | 'h']
}
