// Astro shows the errors that stand in an error's `errors` in its place: of one that stands for itself it would show none,
// and of several the first.
import type { Plugin } from 'vite'
import { GenerateImagesError } from '../errors/index.ts'

type Hook = (this: unknown, ...args: never[]) => unknown

/** The same work, whose errors Astro shows whole. */
export function withPlainErrors<T extends Hook>(work: T): T {
  return async function (this: unknown, ...args: never[]) {
    try {
      return await work.apply(this, args)
    } catch (error) {
      throw plainError(error)
    }
  } as unknown as T
}

/** The same plugin. */
export function pluginWithPlainErrors(plugin: Plugin): Plugin {
  const wrap = (hook: unknown): unknown => {
    if (typeof hook === 'function') return withPlainErrors(hook as Hook)
    return typeof hook === 'object' && hook !== null && 'handler' in hook
      ? { ...hook, handler: wrap(hook.handler) }
      : hook
  }
  return Object.fromEntries(Object.entries(plugin).map(([name, hook]) => [name, wrap(hook)])) as never
}

/** The error that Astro is to have for one. */
export function plainError(error: unknown): unknown {
  if (!(error instanceof GenerateImagesError)) return error
  const { name, message, stack, code, hint } = error
  const { loc, id } = error as { loc?: object; id?: string }
  return Object.assign(new Error(message), { name, stack, code, hint, loc, id })
}
