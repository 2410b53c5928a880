// From samples to a line of the table.

/** The middle of some numbers; between the two middle ones where their count is even. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length % 2 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2
}

/**
 * A line: `ours` against `other`, sample by sample of the same round.
 *
 * @param what What is compared, such as `1000 pictures × 9 renditions, warm`.
 * @param of The field of the samples: time (ms), cpu (ms), memory (bytes), bytes, rate (pictures a second).
 * @param to What the other side is, such as `plain sharp`.
 * @param atMost, atLeast The target of the ratio's median; without either, the line is for information.
 */
export function row({ what, of, ours, other, to, atMost, atLeast }) {
  const [a, b] = [ours, other].map((samples) => samples.map((sample) => sample[of]))
  const ratios = a.map((value, i) => value / b[i])
  const middle = median(ratios)
  return {
    ...{ what, of, to, runs: ratios.length },
    ours: median(a),
    other: median(b),
    ratio: { median: middle, least: Math.min(...ratios), most: Math.max(...ratios) },
    ...verdict(middle, { atMost, atLeast }),
  }
}

function verdict(ratio, { atMost, atLeast }) {
  if (atMost !== undefined) return { atMost, met: ratio <= atMost }
  return atLeast === undefined ? {} : { atLeast, met: ratio >= atLeast }
}

/** A line for each of several fields, with a target each (or none). */
export function rowsOf({ targets, ...rest }) {
  return Object.entries(targets).map(([of, target]) => row({ ...rest, of, ...target }))
}
