// Runs that the page began: what goes on, and how it ended. A run lives as long as the server, whatever becomes of the page.
import { randomUUID } from 'node:crypto'
import { createError, GenerateImagesError } from '../errors/index.ts'
import type { Stops } from '../pipeline/ask.ts'
import type { OnEvent, RunEvent, RunReport } from '../pipeline/events.ts'
import { processOf } from '../pipeline/figures.ts'
import { type OpenAddress, problemOf } from './problem.ts'
import type { RunState } from './protocol.ts'

/** What is begun: it spends and tells; its end is in what it gives. */
export type Work = (
  tell: Stops & { readonly onEvent: OnEvent },
) => Promise<{ readonly done: Promise<RunReport> }>

/** The runs of a server. */
export interface Runs {
  /** Every run that goes on, and the last that ended. */
  list(): RunState[]
  /**
   * Begins one. Ends when it has begun; throws what keeps it from beginning: then nothing was sent.
   */
  begin(what: RunState['what'], names: readonly string[], work: Work): Promise<RunState>
  /** Sends nothing more; what is under way is waited for. Throws NO_SUCH_RUN. */
  stop(id: string): RunState
  /** Ends when nothing is under way. */
  settled(): Promise<void>
}

/** How many ended runs are remembered. */
const ENDED_MAX = 5

/** See `Runs`. `onRun` is told each change. */
export function createRuns(onRun: (run: RunState) => void, open: OpenAddress): Runs {
  const states = new Map<string, RunState>()
  const stops = new Map<string, AbortController>()
  const underWay = new Set<Promise<unknown>>()
  const never = new AbortController().signal

  const put = (state: RunState): RunState => {
    states.set(state.id, state)
    const ended = [...states.values()].filter((one) => one.state === 'ended')
    for (const old of ended.slice(0, -ENDED_MAX)) states.delete(old.id)
    onRun(state)
    return state
  }
  const change = (id: string, more: Partial<RunState>) => {
    const state = states.get(id)
    return state === undefined ? undefined : put({ ...state, ...more })
  }
  const end = (id: string, more: Partial<RunState>) => {
    stops.delete(id)
    change(id, { ...more, state: 'ended', endedAt: Date.now(), waiting: null })
  }
  const onEvent = (id: string, event: RunEvent) => {
    const state = states.get(id)
    if (state === undefined) return
    if (event.type === 'start') change(id, { images: event.images })
    else if (event.type === 'waiting') change(id, { waiting: `${event.name}: ${event.why}` })
    else if (event.type === 'elsewhere')
      change(id, { waiting: `${event.name}: ${processOf(event.pid)} is making it` })
    else if (event.type === 'copied') change(id, { made: [...state.made, event.name] })
    else if (event.type === 'made')
      change(id, {
        made: [...state.made, event.name],
        finished: state.finished + 1,
        spentUsd: event.spentUsd,
        waiting: null,
      })
    else if (event.type === 'failed')
      change(id, {
        failed: [...state.failed, { name: event.name, problem: problemOf(event.error, open) }],
        finished: state.finished + 1,
        spentUsd: event.spentUsd,
      })
  }

  return {
    list: () => [...states.values()],
    async begin(what, names, work) {
      const id = randomUUID()
      const stop = new AbortController()
      const early: RunEvent[] = []
      let begun = false
      const tell: OnEvent = (event) => void (begun ? onEvent(id, event) : early.push(event))
      const { done } = await work({ soon: stop.signal, now: never, onEvent: tell })
      stops.set(id, stop)
      put({
        ...{ id, what, names, state: 'running', images: 0, finished: 0, made: [], failed: [], spentUsd: 0 },
        ...{ waiting: null, startedAt: Date.now(), endedAt: null, problem: null },
      })
      begun = true
      for (const event of early) onEvent(id, event)
      const ended = done.then(
        (report) => end(id, { spentUsd: report.spentUsd }),
        (error: unknown) => end(id, { problem: problemOf(asOurs(error), open) }),
      )
      underWay.add(ended)
      void ended.finally(() => underWay.delete(ended))
      return states.get(id)!
    },
    stop(id) {
      const controller = stops.get(id)
      if (controller === undefined) throw createError('NO_SUCH_RUN', {})
      controller.abort()
      return change(id, { state: 'stopping' })!
    },
    async settled() {
      await Promise.all(underWay)
    },
  }
}

function asOurs(error: unknown): GenerateImagesError {
  if (error instanceof GenerateImagesError) return error
  return createError('UNEXPECTED', { problem: error instanceof Error ? error.message : String(error) })
}
