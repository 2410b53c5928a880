// Prints, after everything else, one line a fault: what was expected of it and what was seen.
import type { Reporter, TestCase, TestModule } from 'vitest/node'

interface Line {
  readonly area: string
  readonly fault: string
  readonly expected: string
  readonly seen: string
  readonly state: string
}

/** The reporter of `npm run test:faults`. */
export default class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap(({ children }) => [...children.allTests()].flatMap(lineOf))
    const order = [...new Set(lines.map(({ area }) => area))]
    const print = (text: string) => process.stdout.write(`${text}\n`)
    const column = (of: (line: Line) => string) => Math.max(...lines.map((line) => of(line).length), 0)
    const [area, fault, expected] = [
      column((line) => line.area),
      column((line) => line.fault),
      column((line) => line.expected),
    ]
    const row = (mark: string, one: string, two: string, three: string, four: string) =>
      print(`${mark} ${one.padEnd(area)} | ${two.padEnd(fault)} | ${three.padEnd(expected)} | ${four}`)
    print('')
    row(' ', 'area', 'fault', 'expected', 'seen')
    for (const name of order) {
      for (const line of lines.filter((one) => one.area === name))
        row(
          line.state === 'passed' ? '✓' : line.state === 'skipped' ? '-' : '✗',
          name,
          line.fault,
          line.expected,
          line.seen,
        )
    }
    const count = (state: string) => lines.filter((line) => line.state === state).length
    const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} skipped`
    print(`\n${lines.length} faults, ${count('passed')} as expected${skipped}`)
  }
}

function lineOf(test: TestCase): Line[] {
  const { fault } = test.meta()
  const { state } = test.result()
  if (fault === undefined && state !== 'skipped') return []
  const { expected = '', seen = '' } = fault ?? {}
  const area = test.parent.type === 'suite' ? test.parent.name : ''
  return [{ area, fault: test.name, expected, seen, state }]
}
