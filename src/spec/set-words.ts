/**
 * A specifier with query words set, those of the same name replaced: an empty text is the word alone, `undefined` takes it
 * out. All else stays as written, in its order.
 */
export function setWords(specifier: string, words: Readonly<Record<string, string | undefined>>): string {
  const at = specifier.indexOf('?') + 1
  const kept = specifier
    .slice(at)
    .split('&')
    .filter((word) => !Object.hasOwn(words, nameOf(word)))
  const set = Object.entries(words).flatMap(([name, value]) =>
    value === undefined ? [] : [value === '' ? name : `${name}=${encodeURIComponent(value)}`],
  )
  return specifier.slice(0, at) + [...kept, ...set].join('&')
}

/** Whether a word stands in the query of a specifier; with `''`, whether it stands there without a value. */
export function hasWord(specifier: string, name: string, value?: ''): boolean {
  const values = new URLSearchParams(specifier.slice(specifier.indexOf('?') + 1)).getAll(name)
  return value === undefined ? values.length > 0 : values.includes(value)
}

/** The value of a word in the query of a specifier, the first of several; `null` where it does not stand there. */
export function wordOf(specifier: string, name: string): string | null {
  return new URLSearchParams(specifier.slice(specifier.indexOf('?') + 1)).get(name)
}

const nameOf = (word: string) => [...new URLSearchParams(word).keys()][0] ?? ''
