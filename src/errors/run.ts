// What stops or fails a run: options, the environment, modes, money.
import { didYouMean, EXIT, entry } from './entry.ts'

const dollars = (usd: number) => `$${usd.toFixed(2)}`
const pictures = (number: number) => `${number} picture${number === 1 ? '' : 's'}`

export const runErrors = {
  BAD_OPTION: entry<{ option: string; found: string; allowed: string; nearest?: readonly string[] }>({
    meaning: 'An option, environment variable or argument with a value that is not allowed.',
    exit: EXIT.usage,
    sentence: ({ option, found, nearest }) => `"${option}" is ${found}.${didYouMean(nearest ?? [])}`,
    hint: ({ allowed }) => `Allowed: ${allowed}.`,
  }),
  UNKNOWN_OPTION: entry<{ option: string; nearest: readonly string[]; allowed: readonly string[] }>({
    meaning: 'An option that does not exist.',
    exit: EXIT.usage,
    sentence: ({ option, nearest }) => `"${option}" is not a known option.${didYouMean(nearest)}`,
    hint: ({ allowed }) => `Known here: ${allowed.join(', ')}.`,
  }),
  UNKNOWN_COMMAND: entry<{ command: string; nearest: readonly string[]; allowed: readonly string[] }>({
    meaning: 'A command that does not exist.',
    exit: EXIT.usage,
    sentence: ({ command, nearest }) => `There is no command "${command}".${didYouMean(nearest)}`,
    hint: ({ allowed }) =>
      `Commands: ${allowed.join(', ')}. More of each: npx generate-images COMMAND --help.`,
  }),
  CONFIG_UNREADABLE: entry<{ file: string; problem: string; there: boolean }>({
    meaning: 'A configuration or .env file that is missing, or can not be read or run.',
    exit: EXIT.usage,
    sentence: ({ file, problem }) => `${file} can't be loaded: ${problem}.`,
    hint: ({ file, there }) => {
      if (!there) return 'Give --config a file that is there, or leave it out.'
      if (/(^|[\\/])\.env/.test(file)) return 'Mend it: it must be a file of lines such as COMETAPI_KEY=…'
      return file.endsWith('.json')
        ? 'Mend it: it must hold the options as one JSON object, such as { "budget": { "usd": 1 } }.'
        : 'Mend it: it must export the options, such as export default { budget: { usd: 1 } }.'
    },
  }),
  PUBLIC_KEY: entry<{ variable: string; key: string }>({
    meaning: 'An API key under a name that bundlers copy into pages.',
    exit: EXIT.usage,
    sentence: ({ variable }) =>
      `${variable} holds an API key, and its prefix puts it into the pages you publish.`,
    hint: ({ key }) =>
      `Keep the key under the name ${key} alone, and make a new one if such a page was ever published.`,
  }),
  VITE_TOO_OLD: entry<Record<string, never>>({
    meaning: 'A Vite before 7, outside Astro.',
    exit: EXIT.usage,
    sentence: () => 'This Vite is older than 7, where this plugin is not promised to work.',
    hint: () =>
      'Install Vite 7 or 8. A framework that brings an older one may take another by "overrides" in package.json.',
  }),
  NO_KEY: entry<{ pictures: number; host?: string | undefined }>({
    meaning: 'Pictures are to be made and no API key is set.',
    exit: EXIT.usage,
    sentence: ({ pictures: number, host }) =>
      `${pictures(number)} ${number === 1 ? 'is' : 'are'} to be made and no API key is set${host === undefined ? '' : ` for ${host}`}.`,
    hint: ({ host }) =>
      host === undefined || /(^|\.)(cometapi|openai)\.com$/.test(host)
        ? 'Set COMETAPI_KEY (or OPENAI_API_KEY, or GENERATE_IMAGES_API_KEY) in .env.local; to try without one: --provider emulator.'
        : 'Set GENERATE_IMAGES_API_KEY in .env.local: other keys are sent to their own provider alone.',
  }),
  OVER_BUDGET: entry<{
    images: number
    usd: number
    /** How many of the images other processes have under way. */
    elsewhere?: number
    maxImages: number
    maxUsd: number
    over: 'images' | 'usd'
  }>({
    meaning: 'The whole plan costs more than the budget of a run; nothing was sent.',
    exit: EXIT.overBudget,
    sentence: ({ images, usd, elsewhere = 0, maxImages, maxUsd, over }) =>
      `The plan asks for ${pictures(images - elsewhere)}${elsewhere === 0 ? '' : ` and other processes have ${elsewhere} under way, together`} for about ${dollars(usd)}; the budget of a run is ${over === 'images' ? pictures(maxImages) : dollars(maxUsd)}. Nothing was sent.`,
    hint: ({ images, usd, maxImages, maxUsd }) => {
      const raise = [
        ...(images > maxImages ? [`budget.images (--budget-images ${images})`] : []),
        ...(usd > maxUsd ? [`budget.usd (--budget-usd ${Math.ceil(usd * 100) / 100})`] : []),
      ]
      return `Raise ${raise.join(' and ')}, or make fewer with --filter.`
    },
  }),
  OVER_DAY: entry<{
    planned: { images: number; usd: number }
    /** What counts of the last 24 hours. */
    day: { images: number; usd: number }
    max: { images: number; usd: number }
    over: 'images' | 'usd'
  }>({
    meaning:
      'The plan and what was spent in the last 24 hours are together over the limit of a day; nothing was sent.',
    exit: EXIT.overBudget,
    sentence: ({ planned, day, max, over }) =>
      `The plan asks for ${pictures(planned.images)} for about ${dollars(planned.usd)}; with ${pictures(day.images)} for ${dollars(day.usd)} in the last 24 hours that is over the limit of a day, ${over === 'images' ? pictures(max.images) : dollars(max.usd)}. Nothing was sent.`,
    hint: ({ planned, day, max }) => {
      const images = planned.images + day.images
      const usd = Math.ceil((planned.usd + day.usd) * 100) / 100
      const raise = [
        ...(images > max.images ? [`images: ${images}`] : []),
        ...(usd > max.usd ? [`usd: ${usd}`] : []),
      ]
      return `Raise it in the configuration, budget: { perDay: { ${raise.join(', ')} } }, make fewer with --filter, or wait.`
    },
  }),
  PRICE_UNKNOWN: entry<{ model: string }>({
    meaning: 'The price of a model is not known, so the budget can not be held.',
    exit: EXIT.overBudget,
    sentence: ({ model }) => `The price of ${model} is not known, so the budget in dollars can't be held.`,
    hint: () =>
      'Add the model to `prices`, or take the limit away with budget.usd: "none" (--budget-usd none).',
  }),
  MISSING: entry<{ state: 'missing' | 'stale'; why: string }>({
    meaning: 'A picture is missing (or stale, with `stale: "error"`) and this run may not make it.',
    exit: EXIT.pictures,
    sentence: ({ state, why }) => `The picture is ${state}, and ${why}.`,
    hint: () => 'Run `npx generate-images` where there is a key, and commit the pictures it keeps.',
  }),
  MODE_FORBIDS: entry<{ what: string; why: string }>({
    meaning: 'A command that spends or changes pictures, in a mode that does not.',
    exit: EXIT.usage,
    sentence: ({ what, why }) => `${what}, because ${why}.`,
    hint: () => 'If you want it all the same: --mode generate.',
  }),
  NOT_SURE: entry<{ what: string }>({
    meaning: 'What nothing asks for can not be told, so nothing is taken away.',
    exit: EXIT.usage,
    sentence: ({ what }) => `What nothing asks for can't be told: ${what}. Nothing was changed.`,
    hint: () => 'Mend that first, or leave the file out with `exclude`.',
  }),
  OTHER_PROCESS: entry<{
    outcome: 'unknown' | 'failed' | 'taken-over'
    at?: string | undefined
    requestId?: string | undefined
  }>({
    meaning: 'Another process asked for the same picture and did not keep it; this run does not ask again.',
    exit: EXIT.pictures,
    sentence: ({ outcome, at, requestId }) => {
      if (outcome === 'taken-over')
        return 'This process was paused for so long that another took the picture over; nothing was sent here.'
      const when = at === undefined ? '' : ` at ${at}`
      const id = requestId === undefined ? '' : ` (request id ${requestId})`
      return outcome === 'unknown'
        ? `Another process asked for this picture${when} and no picture came; it may have been billed${id}. This run does not ask again.`
        : 'Another process asked for this picture and did not get it. This run does not ask again.'
    },
    hint: ({ outcome }) =>
      outcome === 'taken-over'
        ? 'Run again: what the other process made is used.'
        : 'See what the other process says, then run again.',
  }),
  UNDER_WAY: entry<Record<string, never>>({
    meaning: 'A picture is left as it is, because a process has its request under way.',
    exit: EXIT.pictures,
    sentence: () => 'It is left as it is: a process has the same request under way.',
    hint: () => 'Run again when that has ended.',
  }),
  GIVEN_UP: entry<{ sentence: string }>({
    meaning:
      'The picture was asked for before by this process, in vain; a rebuild does not ask again by itself.',
    exit: EXIT.pictures,
    sentence: ({ sentence }) => `Not asked for again by this process: ${sentence.replace(/\.$/, '')}.`,
    hint: () => 'Change the prompt, or start anew to ask once more.',
  }),
  STOPPED: entry<{ why: string }>({
    meaning: 'The picture was not asked for, because the run had stopped before.',
    exit: EXIT.pictures,
    sentence: ({ why }) => `Not asked for: ${why.replace(/\.$/, '')}.`,
    hint: () => 'Mend that first, then run again; nothing was spent on this picture.',
  }),
  UNEXPECTED: entry<{ problem: string }>({
    meaning: 'Something failed that nobody foresaw: a mistake of this package, or of the machine.',
    exit: EXIT.pictures,
    sentence: ({ problem }) => `Something unexpected failed: ${problem.replace(/\.$/, '')}.`,
    hint: () => 'What was paid for is kept; run again, and report this if it comes back.',
  }),
}
