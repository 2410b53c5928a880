// Faults to order: what they are, which request they befall, and whether the model ran all the same.
import { z } from 'zod'

/** Every fault by name, with what it does. */
export const FAULTS = {
  status: 'an error status, with a body like the real one',
  'insufficient-quota': '429: out of money',
  'gateway-timeout': '524: the gateway stops waiting while the model works on',
  latency: 'nothing but time: give latencyMs',
  'hang-before-headers': 'the request is read and no answer begins',
  'hang-after-headers': '200 and headers, and then nothing',
  'cut-body': 'half of the body, and then the connection is gone',
  reset: 'the connection is reset after the request was read',
  'broken-json': '200 with JSON that breaks off',
  html: '200 with a page',
  'empty-data': '200 without pictures; a stream without its last event',
  'data-prefix': 'a "data:" prefix in b64_json',
  'not-a-picture': 'bytes that are no picture',
  'url-fails': 'a url whose download fails',
} as const

const common = {
  times: z.int().min(1).optional(),
  match: z.string().min(1).optional(),
  billed: z.boolean().optional(),
  latencyMs: z.number().min(0).max(3_600_000).optional(),
}
const statusFault = z.strictObject({
  fault: z.literal('status'),
  status: z.int().min(300).max(599),
  code: z.string().optional(),
  type: z.string().optional(),
  message: z.string().optional(),
  retryAfter: z.number().min(0).optional(),
  retryAfterIn: z.enum(['seconds', 'milliseconds', 'date', 'message']).optional(),
  ...common,
})
const urlFault = z.strictObject({
  fault: z.literal('url-fails'),
  downloads: z.int().min(1).optional(),
  status: z.int().min(400).max(599).optional(),
  ...common,
})
const latencyFault = z.strictObject({
  fault: z.literal('latency'),
  ...common,
  latencyMs: common.latencyMs.unwrap(),
})
const PLAIN = [
  ...([
    'insufficient-quota',
    'gateway-timeout',
    'hang-before-headers',
    'hang-after-headers',
    'cut-body',
    'reset',
  ] as const),
  ...(['broken-json', 'html', 'empty-data', 'data-prefix', 'not-a-picture'] as const),
] as const
const plainFault = z.strictObject({ fault: z.enum(PLAIN), ...common })
const faultSchema = z.discriminatedUnion('fault', [statusFault, urlFault, latencyFault, plainFault])

/**
 * A fault to order. `times`: how many requests it befalls (1). `match`: only requests whose prompt contains it.
 * `latencyMs`: milliseconds that pass before it. `billed`: whether the request costs all the same (unless told: yes
 * where the model ran and its answer was lost, spoilt or delayed; no for refusals).
 * `status` takes `code`, `type`, `message`, and `retryAfter` in seconds, told `retryAfterIn` a header (as `seconds`,
 * `milliseconds` or a `date`) or in the `message` alone. `url-fails` fails `downloads` times (1) with `status` (503).
 */
export type Fault = z.infer<typeof faultSchema>
/** The name of a fault. */
export type FaultName = keyof typeof FAULTS
/** A fault that answers with a status. */
export type StatusFault = z.infer<typeof statusFault>

/** Checks orders that came as JSON: one fault or a list. `problem` says what is wrong with them. */
export function parseFaults(value: unknown): { ok: true; faults: Fault[] } | { ok: false; problem: string } {
  const result = z.array(faultSchema).safeParse(Array.isArray(value) ? value : [value])
  return result.success
    ? { ok: true, faults: result.data }
    : { ok: false, problem: z.prettifyError(result.error) }
}

/** The faults that are still to come. */
export interface FaultQueue {
  /** Orders faults. Each request takes the first that fits it. Throws BAD_OPTION for a fault that there is not. */
  order(...faults: Fault[]): void
  /** What is left, `times` counted down. */
  readonly pending: readonly Fault[]
  clear(): void
}

/** Whether a request with this fault is billed: as ordered, else where the model ran, whatever became of its answer. */
export function isBilled(fault: Fault | undefined): boolean {
  return fault?.billed ?? modelRuns(fault)
}

/** Whether the model runs for a request with this fault. */
export function modelRuns(fault: Fault | undefined): boolean {
  if (fault?.fault === 'status') return fault.billed ?? LOST_BY_GATEWAY.includes(fault.status)
  return fault?.fault !== 'insufficient-quota'
}

const LOST_BY_GATEWAY: readonly number[] = [502, 504, 524]
