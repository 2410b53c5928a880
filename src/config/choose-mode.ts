import type { Mode } from './options.ts'
import type { Provider } from './provider.ts'
import type { Surroundings } from './settings.ts'

/** The mode: the one that is asked for, else what fits the surroundings. SPEC: dev server, CI, no key, in this order. */
export function chooseMode(
  mode: Mode | undefined,
  { apiKey }: Pick<Provider, 'apiKey'>,
  ci: string | undefined,
  use: Surroundings['use'],
): { mode: Mode; modeReason: string } {
  if (mode !== undefined) return { mode, modeReason: `the mode is ${mode}` }
  if (use === 'dev') return { mode: 'draft', modeReason: 'a dev server never spends' }
  if (use === 'text')
    return { mode: 'frozen', modeReason: 'Markdown asks for nothing by itself (mode: frozen)' }
  if (ci !== undefined && !['', '0', 'false'].includes(ci)) {
    return { mode: 'frozen', modeReason: 'CI is set, so nothing is asked for (mode: frozen)' }
  }
  // A command that is asked to make pictures says that the key is missing; a build goes on with what is there.
  if (apiKey === undefined && use === 'build') {
    return { mode: 'frozen', modeReason: 'no API key is set, so nothing can be asked for (mode: frozen)' }
  }
  return { mode: 'generate', modeReason: 'nothing speaks against it (mode: generate)' }
}
