/** A run of text that both sides have, or one of them. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

// Cells of the table: two prompts of some two thousand words each. Longer ones are shown whole, one after the other.
const CELLS_MAX = 4_000_000

/** What changed from one text to another, word by word: the longest common subsequence of words and spaces. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const [old, fresh] = [before, after].map(
    (text) => text.match(/\s+|[\p{L}\p{N}'’]+|[^\s\p{L}\p{N}]/gu) ?? [],
  )
  const [a, b] = [old!, fresh!]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return joined([
    { kind: 'same', text: a.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: a.slice(a.length - end).join('') },
  ])
}

function between(a: readonly string[], b: readonly string[]): DiffPart[] {
  const columns = b.length + 1
  if ((a.length + 1) * columns > CELLS_MAX)
    return [
      { kind: 'removed', text: a.join('') },
      { kind: 'added', text: b.join('') },
    ]
  // lengths[i * columns + j]: how many words the rests from i and from j have in common.
  const lengths = new Uint16Array((a.length + 1) * columns)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * columns + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * columns + j + 1]! + 1
          : Math.max(lengths[(i + 1) * columns + j]!, lengths[i * columns + j + 1]!)
  const parts: DiffPart[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ kind: 'same', text: a[i++]! })
      j++
    } else if (
      j === b.length ||
      (i < a.length && lengths[(i + 1) * columns + j]! >= lengths[i * columns + j + 1]!)
    )
      parts.push({ kind: 'removed', text: a[i++]! })
    else parts.push({ kind: 'added', text: b[j++]! })
  }
  return parts
}

// Removed before added within one change, and a lone space between two changed words belongs to the change.
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const out: DiffPart[] = []
  let [removed, added] = ['', '']
  const flush = () => {
    if (removed !== '') out.push({ kind: 'removed', text: removed })
    if (added !== '') out.push({ kind: 'added', text: added })
    removed = added = ''
  }
  const whole = parts.filter(({ text }) => text !== '')
  for (const [index, { kind, text }] of whole.entries()) {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else if (/^\s+$/.test(text) && removed + added !== '' && (whole[index + 1]?.kind ?? 'same') !== 'same') {
      removed += text
      added += text
    } else {
      flush()
      const last = out.at(-1)
      if (last?.kind === 'same') out[out.length - 1] = { kind: 'same', text: last.text + text }
      else out.push({ kind: 'same', text })
    }
  }
  flush()
  return out
}
