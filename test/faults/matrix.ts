// A row of the matrix: a fault, what must come of it, and what came of it. All rows are judged by the same function.
import { describe, expect, test } from 'vitest'
import { openProject, runOn } from '../support/run.ts'
import { findKey, formsOf, holdsKey } from './canary.ts'
import { leftoversOf, measure, type Outcome, textOf } from './measure.ts'
import { hasRooms } from './room.ts'
import { type Scene, type SceneOptions, setScene } from './scene.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** A row of the table: both texts are made of the same figures, those expected and those measured. */
    fault?: { expected: string; seen: string }
  }
}

/** What must come of a fault. A step is a run, or several at once. */
export interface Expected {
  /** POSTs of each step. */
  readonly posts: readonly number[]
  /** How each step ended: its status or signal; of several processes `2×0 1×3`; `any` where that is not our affair. */
  readonly exits: readonly (number | string)[]
  /** Requests that the API billed, over all steps. */
  readonly paid: number
  /** Of those, answers that arrived and that nobody could write down: their process was dead, or every disk full; unset: 0. */
  readonly lost?: number
  /** Lines of the ledger; unset: one `paid` for each paid request. */
  readonly ledger?: string
  /** Pictures that are kept in the end; unset: all. */
  readonly kept?: number
  /** Codes of the errors that a person saw. */
  readonly codes?: readonly string[]
  /** What a person must have read over all steps: the picture, and the next step. */
  readonly says: readonly RegExp[]
}

/** A fault and its surroundings. */
export interface Row extends Omit<SceneOptions, 'seconds'> {
  readonly fault: string
  readonly expect: Expected
  /** Seconds that each step may take; unset: 60. */
  readonly seconds?: number
  /** Needs tools that only Linux has. */
  readonly linux?: true
}

// Where CI runs as root there are namespaces; if not, the rows that need one must fail and not be passed over.
const mustMount = process.env.CI !== undefined && process.getuid?.() === 0

/** Registers a row. `work` brings the fault about, mends it, and runs again. */
export function fault(row: Row, work: (scene: Scene) => unknown): void {
  const { fault: name, expect: wanted, seconds = 60 } = row
  const why = reasonToSkip(row)
  const timeout = (wanted.posts.length + 2) * (seconds + 5) * 1000
  const title = why === undefined ? name : `${name} (${why})`
  test.skipIf(why !== undefined)(title, { timeout }, async ({ task }) => {
    const expected = textOf({
      ...{
        lost: 0,
        codes: [],
        kept: row.pictures ?? 1,
        ledger: wanted.paid === 0 ? '' : `${wanted.paid} paid`,
      },
      ...wanted,
    })
    task.meta.fault = { expected: `${expected}, ≤ ${seconds} s`, seen: 'the fault did not come about' }
    const scene = await setScene({ ...row, seconds })
    await work(scene)
    const outcome = measure(scene)
    const spent = scene.steps.map((step) => step.seconds.toFixed(1)).join(' + ')
    task.meta.fault = { ...task.meta.fault, seen: `${textOf(outcome)}, ${spent} s` }
    const exits = outcome.exits.map((exit, at) => (wanted.exits[at] === 'any' ? 'any' : exit))
    await judge(scene, { ...outcome, exits }, expected, wanted)
  })
}

/** Why a row can't run on this machine; it is in the table all the same. */
function reasonToSkip({ room, linux }: Row): string | undefined {
  // Signals, shells and what happens to open files are another world there.
  if (process.platform === 'win32') return 'not on Windows'
  if (linux && process.platform !== 'linux') return 'on Linux only'
  return room && !hasRooms && !mustMount ? 'no mount namespaces here' : undefined
}

/** Registers the rows of one area. */
export const area = (name: string, rows: () => void) => describe(name, rows)

async function judge(scene: Scene, outcome: Outcome, expected: string, { says }: Expected): Promise<void> {
  const { steps, api, key, names, written, at } = scene
  const out = () => steps.map((step) => step.out).join('\n')
  // Payments, books, pictures, ends: what was measured is what was expected. A step that had to be ended is a `hang`.
  expect(textOf(outcome), out()).toBe(expected)

  // Once everything is mended there is nothing left to ask for, to finish or to clear away.
  const before = api.posts
  const project = await openProject({ root: at('.'), provider: { baseURL: api.baseURL, apiKey: key } })
  const { recovered, report } = await runOn(project)
  expect(recovered).toEqual({ names: [], failed: [] })
  expect(report).toMatchObject({ kept: names.length, made: [], copied: [], failed: [], requests: 0 })
  expect(api.posts).toBe(before)
  expect(leftoversOf(scene)).toEqual([])
  expect(measure(scene)).toMatchObject({ paid: outcome.paid, kept: outcome.kept, lost: outcome.lost })

  // A person knows what happened to which picture, and what to do now.
  expect(says.length).toBeGreaterThan(0)
  for (const words of says) expect(out()).toMatch(words)
  for (const code of outcome.codes)
    expect(out()).toMatch(new RegExp(`.+ \\[${code}\\](\\n\\s+at .*)?\\n\\s+→ \\S`))

  // The key went to the API and nowhere else.
  const forms = formsOf(key)
  expect(findKey(forms, ...written)).toEqual([])
  expect(holdsKey(Buffer.from(out()), forms)).toBe(false)
  expect(api.strayKeys).toBe(0)
}
