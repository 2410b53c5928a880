// What the image API answers or fails to, one row for each treatment. `host` is the API's origin; texts of the API are
// already scrubbed.
import { EXIT, entry } from './entry.ts'

/** `: text` with one full stop at the end, or just the full stop. */
const said = (text: string | undefined) => (text ? `: ${text.replace(/[.\s]+$/, '')}.` : '.')
const times = (attempts: number) => (attempts === 1 ? 'once' : `${attempts} times`)
const span = (ms: number) => (ms > 120_000 ? `${Math.ceil(ms / 60_000)} min` : `${Math.ceil(ms / 1000)} s`)

export const apiErrors = {
  API_UNREACHABLE: entry<{ host: string; why: string; attempts: number }>({
    meaning: 'No connection to the API; nothing was sent.',
    exit: EXIT.pictures,
    sentence: ({ host, why, attempts }) =>
      `${host} can't be reached: ${why} (tried ${times(attempts)}). Nothing was sent.`,
    hint: () => 'Look at the network and at `provider.baseURL`, then run again.',
  }),
  RATE_LIMITED: entry<{ host: string; attempts: number; message?: string | undefined }>({
    meaning: 'The API still asked to slow down after the last try; nothing was billed.',
    exit: EXIT.pictures,
    sentence: ({ host, attempts, message }) =>
      `${host} still asks to slow down (tried ${times(attempts)})${said(message)}`,
    hint: () => 'Run again later, or lower `provider.concurrency` or `provider.imagesPerMinute`.',
  }),
  RETRY_AFTER_TOO_LONG: entry<{ host: string; waitMs: number; capMs: number }>({
    meaning: 'The API asked to wait for longer than a run waits; nothing was billed.',
    exit: EXIT.pictures,
    sentence: ({ host, waitMs, capMs }) =>
      `${host} asks to wait ${span(waitMs)}, and a run waits ${span(capMs)} at most.`,
    hint: ({ waitMs }) => `Run again in ${span(waitMs)}; nothing was billed for this picture.`,
  }),
  OUT_OF_MONEY: entry<{ host: string; message?: string | undefined }>({
    meaning: 'The account at the API has no money or quota left; the run stops.',
    exit: EXIT.pictures,
    sentence: ({ host, message }) => `The account at ${host} has nothing left to spend${said(message)}`,
    hint: () => "Top up or raise the limit in the provider's console, then run again; what was made is kept.",
  }),
  REFUSED: entry<{ message?: string | undefined; details?: string | undefined }>({
    meaning: "The prompt was refused by the API's content rules; nothing was billed.",
    exit: EXIT.pictures,
    sentence: ({ message, details }) =>
      `The API refuses this prompt${said(message)}${details === undefined ? '' : ` Details: ${details}`}`,
    hint: () => 'Write the prompt differently; the same one is refused again.',
  }),
  REQUEST_REJECTED: entry<{
    status: number
    param?: string | undefined
    code?: string | undefined
    message?: string | undefined
  }>({
    meaning: 'The API found a mistake in the request; nothing was billed.',
    exit: EXIT.pictures,
    sentence: ({ status, param, code, message }) =>
      `The API rejects ${param === undefined ? 'the request' : `"${param}"`} with ${status}${code === undefined ? '' : ` ${code}`}${said(message)}`,
    hint: ({ param }) =>
      param === undefined
        ? "Compare the entry's fields with what the model takes; `models` overrides the table of models."
        : `Change "${param}" or leave it out; \`models\` overrides what a model takes.`,
  }),
  KEY_REFUSED: entry<{ host: string; status: number; message?: string | undefined }>({
    meaning: 'The API does not accept the key, or not for this; the run stops.',
    exit: EXIT.usage,
    sentence: ({ host, status, message }) => `${host} refuses the API key with ${status}${said(message)}`,
    hint: () => 'Check that the key belongs to this address, is still valid and may make images.',
  }),
  MODEL_NOT_FOUND: entry<{ host: string; model: string; message?: string | undefined }>({
    meaning: 'The API does not serve this model.',
    exit: EXIT.pictures,
    sentence: ({ host, model, message }) => `${host} does not serve the model ${model}${said(message)}`,
    hint: ({ host }) => `Choose a model that ${host} lists, or another \`provider.baseURL\`.`,
  }),
  WRONG_ADDRESS: entry<{ host: string; what: string }>({
    meaning: 'What answers at the address is not the image API; the run stops.',
    exit: EXIT.usage,
    sentence: ({ host, what }) => `${host} answered ${what}, so the image API is not at this address.`,
    hint: () => 'Set `provider.baseURL` to the whole base, such as https://api.cometapi.com/v1.',
  }),
  OUTCOME_UNKNOWN: entry<{ what: string; requestId?: string | undefined }>({
    meaning: 'The request was sent and no picture came; it may have been billed.',
    exit: EXIT.pictures,
    sentence: ({ what, requestId }) =>
      `${what}. The request was sent and may have been billed${requestId === undefined ? '' : ` (request id ${requestId})`}.`,
    hint: () => 'It is not sent again in this run; the next run says so before it asks again.',
  }),
  DOWNLOAD_FAILED: entry<{ origin: string; why: string; attempts: number; refused?: boolean }>({
    meaning: 'A picture was paid for, and its link can not be fetched.',
    exit: EXIT.pictures,
    sentence: ({ origin, why, attempts }) =>
      `The picture is paid for, and its link at ${origin} can't be fetched: ${why} (tried ${times(attempts)}).`,
    hint: ({ refused }) =>
      refused
        ? 'Its answer stays pending for a day: look why that host is not on the open internet, then run again.'
        : 'Run again soon: only the link is fetched again, and links are good for an hour to a day.',
  }),
  INSECURE_URL: entry<{ option: string; origin: string }>({
    meaning: 'An address whose traffic others can read; the key is not sent there.',
    exit: EXIT.usage,
    sentence: ({ option, origin }) => `"${option}" is ${origin}, and the key would travel in the clear.`,
    hint: () => 'Use https; http is for this machine only (localhost, 127.0.0.1).',
  }),
}
