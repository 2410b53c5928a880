import { count, dollars, timeLeft } from '../../pipeline/figures.ts'
import type { RunState } from '../protocol.ts'
import { byId, el, fill } from './dom.ts'
import { problemBox } from './problem.ts'
import { say } from './say.ts'
import { call } from './server.ts'

/** The strip that tells how a run goes, and how it ended, until it is closed. */
export function createRunBar(): { show(run: RunState): void } {
  const place = byId('run')
  const openedAt = Date.now()
  const closed = new Set<string>()
  let shown: RunState | undefined
  let saidAt = 0

  const line = el('span', { class: 'number' })
  const end = el('span', { class: 'end' })
  const bar = el('progress', { 'aria-label': 'Pictures made' })
  const failures = el('div', { class: 'failures' })
  fill(place, el('div', { class: 'line' }, line, end), bar, failures)

  const close = (run: RunState) => {
    closed.add(run.id)
    place.hidden = true
    shown = undefined
  }
  const stop = async (run: RunState) => {
    const answer = await call('stop', { run: run.id })
    if ('value' in answer) show(answer.value)
  }
  const button = (run: RunState) => {
    if (run.state === 'ended')
      return el('button', { type: 'button', class: 'button small', onclick: () => close(run) }, 'Close')
    return el(
      'button',
      { type: 'button', class: 'button small', disabled: run.state === 'stopping', onclick: () => stop(run) },
      run.state === 'stopping' ? 'Stopping' : 'Stop',
    )
  }
  const draw = (run: RunState) => {
    line.textContent = sentenceOf(run)
    bar.max = Math.max(run.images, 1)
    bar.value = run.finished
    bar.hidden = run.state === 'ended'
  }
  function show(run: RunState): void {
    const news = shown?.id !== run.id || shown.state !== run.state
    if (closed.has(run.id) || (run.endedAt !== null && run.endedAt < openedAt)) return
    // The newest run that goes on comes before one that has ended.
    if (
      shown !== undefined &&
      shown.id !== run.id &&
      shown.state !== 'ended' &&
      run.startedAt < shown.startedAt
    )
      return
    const failed = shown?.id === run.id ? shown.failed.length : 0
    shown = run
    place.hidden = false
    draw(run)
    if (news) {
      const focused = end.contains(document.activeElement)
      fill(end, button(run))
      if (focused) end.querySelector('button')?.focus()
    }
    if (news || run.failed.length !== failed)
      fill(
        failures,
        ...(run.problem === null ? [] : [problemBox(run.problem)]),
        ...run.failed.map(({ name, problem }) =>
          problemBox({ ...problem, picture: problem.picture ?? name }),
        ),
      )
    // Not each picture of many: whoever listens would hear nothing else.
    if (news || Date.now() - saidAt > 5000) {
      saidAt = Date.now()
      say(sentenceOf(run))
    }
  }
  setInterval(() => {
    if (shown !== undefined && shown.state !== 'ended') draw(shown)
  }, 1000)
  return { show }
}

function sentenceOf(run: RunState): string {
  const { images, finished, made, failed, spentUsd, state } = run
  const spent = `${dollars(spentUsd)} spent`
  if (state === 'ended') {
    const wrong = failed.length === 0 ? '' : `, ${failed.length} failed`
    return `${count(made.length, run.what === 'redo' ? 'take' : 'picture')} made${wrong}, ${spent}.`
  }
  const ms = Date.now() - run.startedAt
  const left = finished > 0 && finished < images ? `, ${timeLeft({ finished, wanted: images, ms })}` : ''
  const waits = run.waiting === null ? '' : `. ${run.waiting}`
  return `${finished} of ${images} made, ${spent}${state === 'stopping' ? ', stopping: what is paid for is waited for' : left}${waits}`
}
