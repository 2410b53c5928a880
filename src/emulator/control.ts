// What only an emulator has: its books, and faults to order.
import type { Emulator } from './emulator.ts'
import { parseFaults } from './faults.ts'
import { totalsOf } from './ledger.ts'
import { json } from './replies.ts'

/** Answers the paths below `/__emulator/`; none of them needs a key. */
export async function answerControl(
  request: Request,
  pathname: string,
  emulator: Emulator,
): Promise<Response> {
  switch (`${request.method} ${pathname.slice('/__emulator/'.length)}`) {
    case 'GET ledger':
      return json(200, { entries: emulator.ledger, totals: totalsOf(emulator.ledger) })
    case 'GET requests': {
      const { requests, authorizationsAtFiles } = emulator
      return json(200, { count: requests.length, requests, authorizationsAtFiles })
    }
    case 'GET faults':
      return json(200, { pending: emulator.faults.pending })
    case 'POST faults':
      return orderFaults(await request.text(), emulator)
    case 'POST reset':
      emulator.reset()
      return json(200, { reset: true })
    default:
      return problem(
        404,
        `There is no ${request.method} ${pathname} here: GET ledger, requests, faults; POST faults, reset.`,
      )
  }
}

function orderFaults(body: string, emulator: Emulator): Response {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return problem(400, 'The body is not JSON.')
  }
  const checked = parseFaults(value)
  if (!checked.ok) return problem(400, checked.problem)
  emulator.faults.order(...checked.faults)
  return json(200, { pending: emulator.faults.pending })
}

const problem = (status: number, message: string) =>
  json(status, { error: { message, type: 'emulator_error', param: null, code: null } })
