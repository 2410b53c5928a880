import { inspect } from 'node:util'

/** Takes secrets out of a text, and changes nothing else. */
export type Clean = (text: string) => string

const LEFT_OUT = '[left out: it held a key]'

/**
 * Takes secrets out of whatever was thrown, in place, because others may hold it too: out of its message, its stack and
 * its other texts, its causes and the errors that it stands for. What else it has and shows a secret (a request, its
 * headers) is left out. Returns it, or the clean text where a text was thrown.
 */
export function cleanError<T>(error: T, clean: Clean): T {
  return cleanPart(error, clean, new Set()) as T
}

function cleanPart(value: unknown, clean: Clean, seen: Set<unknown>): unknown {
  if (typeof value === 'string') return clean(value)
  if (seen.has(value) || !shows(value, clean)) return value
  if (Array.isArray(value)) return value.map((one) => cleanPart(one, clean, seen))
  if (!(value instanceof Error)) return LEFT_OUT
  seen.add(value)
  for (const name of Reflect.ownKeys(value)) {
    const part: unknown = Reflect.get(value, name)
    const cleaned = cleanPart(part, clean, seen)
    if (cleaned === part) continue
    const enumerable = Object.prototype.propertyIsEnumerable.call(value, name)
    const changed = { value: cleaned, enumerable, configurable: true, writable: true }
    if (!Reflect.defineProperty(value, name, changed)) return new Error(clean(value.message))
  }
  return value
}

/** Whether a secret would be seen where a program prints the value, as Node and bundlers do. */
function shows(value: unknown, clean: Clean): boolean {
  const all = {
    depth: 10,
    showHidden: true,
    customInspect: false,
    maxStringLength: null,
    maxArrayLength: null,
  }
  const text = inspect(value, all)
  return clean(text) !== text
}
