// The one place where connections are made. undici is loaded when the first one is.
import type { Agent, buildConnector } from 'undici'
import type { Gate } from './gate.ts'

/** Milliseconds; `Infinity` for no limit. */
export interface Timeouts {
  /** Until a connection stands: name, TCP and TLS. */
  readonly connect: number
  /** From the request to the first byte of the answer. Pictures take minutes; undici alone gives up at 300 s. */
  readonly headers: number
  /** Between two pieces of the answer's body. The whole of it may take ten times as long, and `headers` more. */
  readonly body: number
}

/** The options of the agent for one request: its own connection, closed afterwards, so that no stale one is reused. */
export function agentOptions(timeout: Timeouts) {
  return { headersTimeout: finite(timeout.headers), bodyTimeout: finite(timeout.body), pipelining: 0 }
}

/** Whether a connection ever stood: before that, nothing can have been sent. */
export interface Connection {
  readonly request: typeof import('undici').request
  readonly dispatcher: Agent
  readonly connected: boolean
}

/**
 * Opens an agent for a single request. It connects once: what a broken connection has taken along is never sent again
 * behind the caller's back. With a `gate`, only to what it lets through; else fails with its `Refused`. The caller
 * destroys `dispatcher`.
 */
export async function openConnection(timeout: Timeouts, gate?: Gate): Promise<Connection> {
  const undici = await import('undici')
  const connect = undici.buildConnector({
    timeout: finite(timeout.connect),
    ...(gate === undefined ? {} : { lookup: gate.lookup }),
  })
  let connected = false
  const once: buildConnector.connector = (options, callback) => {
    if (connected) return callback(new Error('the connection was closed'), null)
    // An address is connected to without a lookup.
    const refused = gate?.check(options.hostname)
    if (refused !== undefined) return callback(refused, null)
    connect(options, (error, socket) => {
      if (error !== null) return callback(error, null)
      connected = true
      callback(null, socket)
    })
  }
  return {
    request: undici.request,
    dispatcher: new undici.Agent({ ...agentOptions(timeout), connect: once }),
    get connected() {
      return connected
    },
  }
}

/** undici's word for "no limit" is 0. */
function finite(ms: number): number {
  return Number.isFinite(ms) ? ms : 0
}
