import { createError } from '../errors/index.ts'
import { FAULTS, type Fault, type FaultQueue, parseFaults } from './faults.ts'

/** Makes an empty queue, and the way to take from it. */
export function createFaultQueue(): { queue: FaultQueue; take(prompt: string): Fault | undefined } {
  let pending: Fault[] = []
  const queue: FaultQueue = {
    order(...faults) {
      const checked = parseFaults(faults)
      if (!checked.ok) {
        const allowed = `{ fault, times, match, … } with a fault of ${Object.keys(FAULTS).join(', ')}`
        throw createError('BAD_OPTION', { option: 'faults', found: JSON.stringify(faults), allowed })
      }
      pending.push(...checked.faults)
    },
    get pending() {
      return pending
    },
    clear() {
      pending = []
    },
  }
  return {
    queue,
    take(prompt) {
      const at = pending.findIndex(({ match }) => match === undefined || prompt.includes(match))
      const fault = pending[at]
      if (fault === undefined) return undefined
      const left = (fault.times ?? 1) - 1
      pending = pending.toSpliced(at, 1, ...(left > 0 ? [{ ...fault, times: left }] : []))
      return fault
    },
  }
}
