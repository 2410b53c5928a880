// How a build tells what it does: plain lines, few of them; one line that moves where a person looks.
import { describe, expect, test } from 'vitest'
import { createMovingLine } from '../../src/pipeline/moving-line.ts'
import { canMove, createReporter, type Logger } from '../../src/plugin/report.ts'

/** Everything that a terminal of 60 columns, or a log, would get. */
function printer({ isTTY, colors = 4, ...more }: { isTTY: boolean; colors?: number } & Partial<Logger>) {
  const written: string[] = []
  const stream = {
    isTTY,
    columns: 60,
    getColorDepth: () => colors,
    write: (text: string) => written.push(text) > 0,
  }
  const print = (line: string) => void written.push(`${line}\n`)
  let clock = 0
  const reporter = createReporter(
    { info: print, warn: print, ...more },
    { line: canMove(stream) ? createMovingLine(stream) : undefined, now: () => (clock += 1000) },
  )
  const make = (images: number) => {
    reporter.event({ type: 'start', images, estimateUsd: images * 0.05 })
    for (let at = 1; at <= images; at++)
      reporter.event({ type: 'made', name: `picture-${at}`, ms: 1000, spentUsd: at * 0.05 })
  }
  return { reporter, make, written, lines: () => written.filter((text) => text.endsWith('\n')) }
}

describe('in a log', () => {
  test('a line for each of a few pictures', () => {
    const { make, written } = printer({ isTTY: false })
    make(3)
    expect(written.join('')).toMatchInlineSnapshot(`
      "[generate-images] asking for 3 (about $0.15)
      [generate-images] 1 of 3 picture-1: made, $0.05 spent
      [generate-images] 2 of 3 picture-2: made, $0.10 spent
      [generate-images] 3 of 3 picture-3: made, $0.15 spent
      "
    `)
  })

  test.each([11, 50, 5000])('no more than some ten lines for %i', (images) => {
    const { make, written } = printer({ isTTY: false })
    make(images)
    expect(written.length).toBeLessThanOrEqual(14)
    expect(written.at(-1)).toContain(`${images} of ${images} picture-${images}: made`)
    expect(written.join('')).not.toContain('\u001b')
  })
})

describe('on a terminal', () => {
  test('one line moves, cut to the width, and is gone before anything else is printed', () => {
    const { make, reporter, written, lines } = printer({ isTTY: true })
    make(3)
    expect(lines()).toEqual(['[generate-images] asking for 3 (about $0.15)\n'])
    expect(written.slice(1)).toEqual([
      '\r\u001b[2K[generate-images] 1 of 3 pictures, $0.05 spent, about 2 s l',
      '\r\u001b[2K[generate-images] 2 of 3 pictures, $0.10 spent, about 1 s l',
      '\r\u001b[2K',
    ])
    reporter.event({ type: 'start', images: 2, estimateUsd: 0.1 })
    reporter.event({ type: 'made', name: 'boat', ms: 1, spentUsd: 0.05 })
    reporter.event({ type: 'waiting', name: 'hat', ms: 2000, why: 'Too many requests.' })
    expect(written.slice(-2)).toEqual([
      '\r\u001b[2K',
      '[generate-images] hat: waiting 2 s. Too many requests.\n',
    ])
  })

  test('that is told to be quiet, or that can move nothing, none does', () => {
    for (const host of [printer({ isTTY: true, quiet: true }), printer({ isTTY: true, colors: 1 })]) {
      host.make(3)
      expect(host.written.join('')).not.toContain('\u001b')
    }
  })
})
