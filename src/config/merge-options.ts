import type { Options } from './options.ts'

/**
 * The options of a file under those that are given. Objects are merged one level deep, so that `budget: { usd: 1 }`
 * leaves the file's `images` alone.
 */
export function mergeOptions(file: Options, given: Options): Options {
  const merged: Record<string, unknown> = { ...file }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const under = merged[name]
    if (name === 'provider' && keepsEmulator(file.provider, given.provider)) continue
    merged[name] = isPlain(value) && isPlain(under) ? { ...under, ...value } : value
  }
  return merged as Options
}

// Settings such as `concurrency` must not turn the free emulator into an API that is paid for.
function keepsEmulator(file: Options['provider'], given: Options['provider']): boolean {
  if (file !== 'emulator' || typeof given !== 'object') return false
  return given.baseURL === undefined && given.apiKey === undefined
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
