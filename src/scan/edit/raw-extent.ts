// Where each character of a specifier stands in its file, whatever it is escaped for.
import { decodeEntities } from '../specifiers/entities.ts'
import { decodeJavaScript } from '../specifiers/javascript-escapes.ts'

/** What one step through the raw text passes, and what that means. */
interface Step {
  readonly length: number
  readonly means: string
}

const ENTITY = /&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/iy
const SCRIPT_ESCAPE = /\\(?:u\{[\da-f]{1,6}\}|u[\da-f]{4}|x[\da-f]{2}|\r\n|[\s\S])/iy
const STYLE_ESCAPE = /\\([\da-f]{1,6})[ \t\n]?/iy

/**
 * The offsets in `text` at which the characters of `written` begin, and that after the last: `written` is what stands at
 * `offset` with its escapes and character references decoded. `undefined` where it does not stand there.
 */
export function rawOffsets(text: string, offset: number, written: string): readonly number[] | undefined {
  const offsets: number[] = []
  // What else could be meant at each point passed; the languages differ, and a wrong turn soon fits no more.
  const open: {
    readonly at: number
    readonly from: number
    readonly steps: readonly Step[]
    next: number
  }[] = []
  let at = 0
  let from = offset
  while (at < written.length) {
    open.push({ at, from, steps: stepsAt(text, from, written, at), next: 0 })
    let turn = open.at(-1)
    while (turn !== undefined && turn.next >= turn.steps.length) {
      open.pop()
      turn = open.at(-1)
    }
    if (turn === undefined) return undefined
    const step = turn.steps[turn.next++]!
    for (let i = 0; i < step.means.length; i++) offsets[turn.at + i] = turn.from
    at = turn.at + step.means.length
    from = turn.from + step.length
  }
  return [...offsets.slice(0, written.length), from]
}

function stepsAt(text: string, from: number, written: string, at: number): Step[] {
  const steps: Step[] = []
  const add = (raw: string, means: string) => {
    if (written.startsWith(means, at)) steps.push({ length: raw.length, means })
  }
  const matchHere = (pattern: RegExp) => {
    pattern.lastIndex = from
    return pattern.exec(text)
  }
  const character = text[from]
  if (character === undefined) return []
  if (character === '&') {
    const entity = matchHere(ENTITY)
    if (entity !== null && decodeEntities(entity[0]) !== entity[0]) add(entity[0], decodeEntities(entity[0]))
  }
  if (character === '\\') {
    const script = matchHere(SCRIPT_ESCAPE)
    if (script !== null) add(script[0], decodeJavaScript(script[0]))
    const style = matchHere(STYLE_ESCAPE)
    if (style !== null) add(style[0], decodeJavaScript(`\\u{${style[1]}}`))
    const plain = text.slice(from, from + 2)
    if (plain.length === 2) add(plain, plain[1]!)
  }
  if (text.startsWith("''", from)) add("''", "'")
  add(character, character)
  return steps
}
