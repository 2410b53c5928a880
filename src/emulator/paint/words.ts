import type { Random } from './random.ts'

/** The words of a prompt: lower case, without a plural's s. */
export function wordsOf(prompt: string): string[] {
  return (prompt.toLowerCase().match(/\p{L}+/gu) ?? []).map((word) =>
    word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word,
  )
}

/** The choice that shares most words with the prompt, the one named first among equals; any of `otherwise` where none shares one. */
export function choose<T extends { readonly words: readonly string[] }>(
  choices: readonly T[],
  words: readonly string[],
  random: Random,
  otherwise = choices,
): T {
  const fallback = random.pick(otherwise)
  const scored = choices.map((choice) => {
    const hits = words.flatMap((word, at) => (choice.words.includes(word) ? [at] : []))
    return { choice, score: hits.length - (hits[0] ?? 0) / (words.length + 1) }
  })
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best.choice : fallback
}
