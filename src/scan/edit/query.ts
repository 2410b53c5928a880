// The words of a query and their values, as parts of the text that holds them.

/** One word of a query; offsets count in the specifier. */
export interface Word {
  readonly name: string
  readonly start: number
  readonly end: number
  /** Where its value begins; `undefined`: it has none. */
  readonly valueStart: number | undefined
}

/** The words of a specifier, in their order. */
export function wordsOf(written: string): Word[] {
  const words: Word[] = []
  let start = written.indexOf('?') + 1
  for (const part of written.slice(start).split('&')) {
    const equals = part.indexOf('=')
    const name = decoded(equals === -1 ? part : part.slice(0, equals))
    const valueStart = equals === -1 ? undefined : start + equals + 1
    words.push({ name, start, end: start + part.length, valueStart })
    start += part.length + 1
  }
  return words
}

/** How the values of one specifier are written. */
export interface Spelling {
  /** What stands for a space. */
  readonly space: string
  /** Characters beside letters and digits that need no escape where it stands. */
  readonly bare: ReadonlySet<string>
  /** Whether letters beyond ASCII are escaped. */
  readonly ascii: boolean
}

/** Escapes that any language of ours takes without further ones. */
export const STRICT: Spelling = { space: '+', bare: new Set(), ascii: true }

// These mean something in every query.
const NEVER_BARE = new Set(['&', '%', '+', '#', '=', ';'])

/** How a specifier spells its values. `isBare` says of a character's offset in it whether it stands there unescaped. */
export function spellingOf(written: string, isBare: (at: number) => boolean): Spelling {
  const start = written.indexOf('?') + 1
  const bare = new Set<string>()
  for (let at = start; at < written.length; at++) {
    const character = written[at]!
    if (!NEVER_BARE.has(character) && isBare(at)) bare.add(character)
  }
  const query = written.slice(start)
  const space = bare.has(' ') ? ' ' : /%20/.test(query) && !query.includes('+') ? '%20' : '+'
  return { space, bare, ascii: /%[89a-f]/i.test(query) }
}

/** A value for a query. Throws a URIError for half a character. */
export function encodeValue(value: string, { space, bare, ascii }: Spelling): string {
  const plain = ascii ? /^[\w.~:-]$/ : /^[\p{L}\p{M}\p{N}_.~:-]$/u
  return [...value]
    .map((character) => {
      if (character === ' ') return space
      if (plain.test(character) || bare.has(character)) return character
      // Those that encodeURIComponent lets be mean something in some language.
      return /^[!'()*]$/.test(character)
        ? `%${character.charCodeAt(0).toString(16).toUpperCase()}`
        : encodeURIComponent(character)
    })
    .join('')
}

function decoded(name: string): string {
  return [...new URLSearchParams(name).keys()][0] ?? ''
}
