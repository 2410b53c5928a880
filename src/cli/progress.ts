import type { OnEvent } from '../pipeline/events.ts'
import { count, dollars, duration, processOf, timeLeft } from '../pipeline/figures.ts'
import type { Terminal } from './terminal.ts'

/** What a run's progress is told by. */
export interface ProgressOptions {
  readonly terminal: Terminal
  /** The clock, in milliseconds. */
  readonly now: () => number
  /** Names of the pictures that the run asks for: only these are counted. */
  readonly asked: ReadonlySet<string>
  /** How many pictures these come to; unset: one each. */
  readonly images?: number
  /** Whether the emulator is asked, which costs nothing. */
  readonly free: boolean
}

/** Shows a run: one line that moves on a terminal, a line for each picture elsewhere. */
export function createProgress({
  terminal,
  now,
  asked,
  free,
  images: wanted = asked.size,
}: ProgressOptions): OnEvent {
  let images = wanted
  const started = now()
  let finished = 0
  let spentUsd = 0
  const spent = () => (free ? 'the emulator is free' : `${dollars(spentUsd)} spent`)
  const move = () => {
    if (!terminal.live || finished >= images) return
    const ms = now() - started
    const left = finished === 0 ? '' : `, ${timeLeft({ finished, wanted: images, ms })}`
    terminal.rewrite(`${finished} of ${count(images, 'picture')}, ${spent()}${left}`)
  }
  const say = (line: string) => {
    terminal.err(line)
    move()
  }
  return (event) => {
    if (event.type === 'start') {
      const price = free ? 'the emulator is free' : `about ${dollars(event.estimateUsd)}`
      if (images > 0) say(`Asking for ${count(images, 'picture')}, ${price}.`)
    } else if (event.type === 'made') {
      finished += 1
      spentUsd = event.spentUsd
      const line = `${finished} of ${images}: ${event.name}, ${duration(event.ms)}, ${spent()}`
      if (terminal.live) move()
      else say(line)
    } else if (event.type === 'failed') {
      spentUsd = event.spentUsd
      const counts = asked.has(event.name) ? 1 : 0
      if (event.error.code === 'STOPPED') {
        // Those that were not asked for are told together, at the end.
        images -= counts
        move()
      } else {
        finished += counts
        say(`${terminal.colors.red('✗')} ${event.name}: failed (${event.error.code}), more below`)
      }
    } else if (event.type === 'waiting') {
      say(`${event.name}: waiting ${duration(event.ms)}. ${event.why}`)
    } else if (event.type === 'elsewhere') {
      say(`${event.name}: ${processOf(event.pid)} has it under way; waiting for it`)
    } else {
      // Asked for by another process meanwhile.
      if (asked.has(event.name)) images -= 1
      say(`${event.name}: copied, the same request was kept already`)
    }
  }
}
