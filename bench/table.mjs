// The lines as people read them.

const UNITS = {
  time: (value) => (value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`),
  cpu: (value) => (value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`),
  memory: (value) => `${Math.round(value / 1e6)} MB`,
  bytes: (value) => (value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(2)} MB`),
  rate: (value) => `${value.toFixed(1)}/s`,
}
const NAMES = { time: 'time', cpu: 'CPU', memory: 'memory', bytes: 'bytes', rate: 'pictures' }

/** Head and cells of the table of all lines, as text. */
export function cellsOf(measures) {
  const head = ['what', '', 'ours', 'theirs', '', 'ratio (least–most)', 'target', '']
  const rows = Object.values(measures).flatMap(({ rows }) => rows)
  return [head, ...rows.map(cells)]
}

function cells({ what, of, to, runs, ours, other, ratio, atMost, atLeast, met }) {
  const [middle, least, most] = [ratio.median, ratio.least, ratio.most].map((one) => one.toFixed(2))
  const target =
    atMost !== undefined ? `≤ ${atMost.toFixed(2)}` : atLeast !== undefined ? `≥ ${atLeast.toFixed(2)}` : ''
  return [
    ...[what, NAMES[of], UNITS[of](ours), UNITS[of](other), to],
    runs > 1 ? `${middle} (${least}–${most})` : `${middle} (once)`,
    ...[target, met === undefined ? '' : met ? 'met' : '**not met**'],
  ]
}

/** The lines for the README: those with a target; where a comparison has none, its time and its memory. */
export function readmeCells(measures) {
  const same = (a, b) => a.what === b.what && a.to === b.to
  const shown = Object.entries(measures).map(([name, { rows }]) => {
    const aimed = rows.filter(({ met }) => met !== undefined)
    const others = rows.filter(
      (row) => ['time', 'memory', 'bytes'].includes(row.of) && !aimed.some((one) => same(one, row)),
    )
    return [name, { rows: rows.filter((row) => aimed.includes(row) || others.includes(row)) }]
  })
  return cellsOf(Object.fromEntries(shown))
}

/** The table for a terminal. */
export function textTable(measures) {
  const rows = cellsOf(measures).map((row) => row.map((cell) => cell.replaceAll('**', '')))
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** What was compared, and where, as a sentence. */
export function groundOf({ machine, versions }) {
  const { cores, cpu, memory, system } = machine
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${cores} cores (${cpu}), ${Math.round(memory / 2 ** 30)} GB, ${system}; ${packages.join(', ')}.`
}
