// What a person sees of a plan, of a run under way and of its end, for cases that a run of an emulator does not come to.
import { describe, expect, it } from 'vitest'
import { createProgress } from '../../src/cli/progress.ts'
import { showPlan } from '../../src/cli/show-plan.ts'
import { showSummary, summaryJson } from '../../src/cli/summary.ts'
import { table } from '../../src/cli/table.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { createError } from '../../src/errors/index.ts'
import type { RunEvent, RunReport } from '../../src/pipeline/events.ts'
import { bytes, count, dollars, duration } from '../../src/pipeline/figures.ts'
import type { Plan, PlannedImage } from '../../src/pipeline/plan.ts'
import { stream } from './support.ts'

/** What is printed, out and err as one. */
function printed(work: (terminal: ReturnType<typeof createTerminal>) => void, live = false): string {
  const screen = stream(live)
  work(createTerminal(screen, screen, { NO_COLOR: '1' }))
  return `\n${screen.text()}`
}

describe('figures', () => {
  it('are short', () => {
    expect([0, 0.004, 0.0061, 0.01, 0.053, 5, 1234.5].map(dollars)).toEqual([
      ...['$0.00', '$0.004', '$0.006', '$0.01', '$0.05', '$5.00', '$1234.50'],
    ])
    expect([0, 900, 59_400, 59_600, 185_000].map(duration)).toEqual([
      ...['0 s', '1 s', '59 s', '1 min 00 s', '3 min 05 s'],
    ])
    expect([0, 999, 1000, 1_440_000, 52_000_000, 3.2e9].map(bytes)).toEqual([
      ...['0 B', '999 B', '1.0 kB', '1.4 MB', '52 MB', '3.2 GB'],
    ])
    expect([0, 1, 2].map((number) => count(number, 'picture'))).toEqual([
      '0 pictures',
      '1 picture',
      '2 pictures',
    ])
  })

  it('stand in columns', () => {
    expect(
      table(
        [
          ['a', 'bb', '1'],
          ['aaa', '', '12'],
        ],
        [2],
      ),
    ).toEqual(['a    bb   1', 'aaa      12'])
    expect(table([])).toEqual([])
  })
})

describe('a plan', () => {
  const image = (name: string, more: Partial<PlannedImage>): PlannedImage => ({
    ...{ name, key: 'k', state: 'missing', model: 'gpt-image-2', size: '1024x1024', estimateUsd: 0 },
    ...{ usedIn: [{ file: 'src/a.ts', line: 3 }], how: 'ask', picture: undefined, copyFrom: undefined },
    ...{ problem: undefined, before: undefined, ...more },
  })
  const totals = { kept: 0, stale: 0, missing: 0, broken: 0, orphaned: 0, images: 0, estimateUsd: 0 }
  const shown = (plan: Plan) => printed((terminal) => showPlan(plan, terminal))

  it('has a row for each picture that is not simply kept', () => {
    const images = [
      image('src/kept', { state: 'kept', how: 'there' }),
      image('src/new', { estimateUsd: 0.053 }),
      image('src/edited', { state: 'stale', estimateUsd: 0.211, size: null }),
      image('src/copy', { how: 'copy' }),
      image('src/paid', { how: 'finish' }),
      image('src/dear', { model: 'my-model', estimateUsd: null }),
      image('src/broken', { state: 'broken', how: 'nothing' }),
      image('src/old', { state: 'orphaned', how: 'nothing', usedIn: [] }),
    ]
    const sum = {
      ...totals,
      kept: 1,
      stale: 1,
      missing: 4,
      broken: 1,
      orphaned: 1,
      images: 3,
      estimateUsd: 0.264,
    }
    expect(shown({ images, totals: sum, unpriced: ['my-model'] })).toMatchInlineSnapshot(`
      "
      missing   src/new     gpt-image-2  1024x1024          $0.05  src/a.ts:3
      stale     src/edited  gpt-image-2                     $0.21  src/a.ts:3
      missing   src/copy    gpt-image-2  1024x1024    a free copy  src/a.ts:3
      missing   src/paid    gpt-image-2  1024x1024   paid already  src/a.ts:3
      missing   src/dear    my-model     1024x1024  price unknown  src/a.ts:3
      broken    src/broken  gpt-image-2  1024x1024                 src/a.ts:3
      orphaned  src/old     gpt-image-2  1024x1024

      1 kept, 1 stale, 4 missing, 1 broken, 1 orphaned.
      3 pictures to ask for, about $0.26 and what my-model costs. Next: npx generate-images
      "
    `)
  })

  it('says when nothing is to be done, and when it is free', () => {
    expect(shown({ images: [], totals, unpriced: [] })).toMatchInlineSnapshot(`
      "
      0 kept.
      Nothing is to be asked for.
      "
    `)
    const images = [image('src/copy', { how: 'copy' })]
    expect(shown({ images, totals: { ...totals, missing: 1 }, unpriced: [] })).toMatchInlineSnapshot(`
      "
      missing  src/copy  gpt-image-2  1024x1024  a free copy  src/a.ts:3

      0 kept, 1 missing.
      Nothing is to be paid for. Next: npx generate-images
      "
    `)
  })
})

describe('progress', () => {
  const failed = (name: string, code: 'OUT_OF_MONEY' | 'STOPPED'): RunEvent => {
    const error =
      code === 'STOPPED'
        ? createError(code, { why: 'the run was interrupted' })
        : createError(code, { host: 'h' })
    return { type: 'failed', name, error, spentUsd: 0.05 }
  }
  const EVENTS: RunEvent[] = [
    { type: 'start', images: 4, estimateUsd: 0.2 },
    { type: 'failed', name: 'broken', error: createError('STOPPED', { why: 'x' }), spentUsd: 0 },
    { type: 'copied', name: 'copy' },
    { type: 'made', name: 'a', ms: 12_000, spentUsd: 0.05 },
    { type: 'waiting', name: 'b', ms: 2000, why: 'h asks to slow down.' },
    failed('b', 'OUT_OF_MONEY'),
    failed('c', 'STOPPED'),
    failed('d', 'STOPPED'),
  ]
  const show = (live: boolean, free = false) =>
    printed((terminal) => {
      let time = 0
      const now = () => time
      const onEvent = createProgress({ terminal, now, asked: new Set(['a', 'b', 'c', 'd']), free })
      for (const event of EVENTS) {
        onEvent(event)
        time += 10_000
      }
      terminal.out('The end.')
    }, live)

  it('is plain lines where nobody watches', () => {
    expect(show(false)).toMatchInlineSnapshot(`
      "
      Asking for 4 pictures, about $0.20.
      copy: copied, the same request was kept already
      1 of 4: a, 12 s, $0.05 spent
      b: waiting 2 s. h asks to slow down.
      ✗ b: failed (OUT_OF_MONEY), more below
      The end.
      "
    `)
  })

  it('is one moving line on a terminal', () => {
    const screen = show(true).replaceAll('\r\u001b[2K', '«')
    expect(screen).toMatchInlineSnapshot(`
      "
      Asking for 4 pictures, about $0.20.
      «0 of 4 pictures, $0.00 spent«0 of 4 pictures, $0.00 spent«copy: copied, the same request was kept already
      «0 of 4 pictures, $0.00 spent«1 of 4 pictures, $0.05 spent, about 1 min 30 s left«b: waiting 2 s. h asks to slow down.
      «1 of 4 pictures, $0.05 spent, about 2 min 00 s left«✗ b: failed (OUT_OF_MONEY), more below
      «2 of 4 pictures, $0.05 spent, about 50 s left«2 of 3 pictures, $0.05 spent, about 30 s left«The end.
      "
    `)
  })

  it('counts no dollars for the emulator', () => {
    expect(show(false, true)).not.toContain('$')
  })

  it('says nothing where nothing is asked for', () => {
    const start: RunEvent = { type: 'start', images: 0, estimateUsd: 0 }
    const text = printed((terminal) =>
      createProgress({ terminal, now: () => 0, asked: new Set(), free: false })(start),
    )
    expect(text).toBe('\n')
  })
})

describe('the end', () => {
  const report: RunReport = {
    ...{ made: [], copied: [], recovered: [], failed: [], kept: 0, requests: 0, spentUsd: 0 },
    ...{ maybeUsd: 0, emulatedUsd: 0 },
  }
  const stopped = (name: string) => ({
    name,
    error: createError('STOPPED', { why: 'the account at h has nothing left to spend' }, { picture: name }),
  })
  const money = createError(
    'OUT_OF_MONEY',
    { host: 'https://h' },
    { picture: 'a', places: [{ file: 'm', line: 1 }] },
  )
  const none = { names: [], failed: [] }

  it('says made, copied, finished, kept, failed and why, and spent', () => {
    const ended = {
      report: {
        ...report,
        ...{ made: ['x', 'y'], copied: ['z'], kept: 12, requests: 4, spentUsd: 0.211, maybeUsd: 0.05 },
        failed: [{ name: 'a', error: money }, ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map(stopped)],
      },
      recovered: { names: ['w'], failed: [] },
      free: false,
    }
    expect(printed((terminal) => showSummary(ended, terminal))).toMatchInlineSnapshot(`
      "
      ✗ a: The account at https://h has nothing left to spend. [OUT_OF_MONEY]
        at m:1
        → Top up or raise the limit in the provider's console, then run again; what was made is kept.
      ✗ b, c, d, e, f and 2 more: Not asked for: the account at h has nothing left to spend. [STOPPED]
        → Run again to go on; nothing was spent on them.
      2 pictures made, 1 copied, 1 finished for free, 12 kept, 1 failed, 7 not asked for. Spent $0.21, $0.05 of it maybe, with 4 requests.
      "
    `)
    expect(JSON.parse(JSON.stringify(summaryJson(ended)))).toMatchObject({
      ...{ made: ['x', 'y'], copied: ['z'], recovered: ['w'], kept: 12, requests: 4, spentUsd: 0.211 },
      ...{ maybeUsd: 0.05, emulatedUsd: 0 },
      failed: [
        { name: 'a', error: { code: 'OUT_OF_MONEY' } },
        ...Array(7).fill({ error: { code: 'STOPPED' } }),
      ],
    })
  })

  it('of an interrupted run says what was not asked for, in one line', () => {
    const failed = [stopped('b')]
    const ended = { report: { ...report, failed }, recovered: none, free: false }
    expect(printed((terminal) => showSummary(ended, terminal))).toMatchInlineSnapshot(`
      "
      ✗ b: Not asked for: the account at h has nothing left to spend. [STOPPED]
        → Run again to go on; nothing was spent on it.
      0 pictures made, 0 kept, 1 not asked for. Nothing was asked for.
      "
    `)
  })

  it('of a run that had nothing to do is short', () => {
    const ended = { report: { ...report, kept: 3 }, recovered: none, free: false }
    expect(printed((terminal) => showSummary(ended, terminal))).toMatchInlineSnapshot(`
      "
      0 pictures made, 3 kept. Nothing was asked for.
      "
    `)
  })
})
