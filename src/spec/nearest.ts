import { distance } from 'fastest-levenshtein'

/** The candidates that a person most likely meant by `word`, best first, at most three; empty where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const wanted = word.toLowerCase()
  // Of a word of one letter nothing can be guessed.
  const limit = wanted.length < 4 ? wanted.length - 1 : Math.max(2, Math.floor(wanted.length / 3))
  const near: { candidate: string; far: number }[] = []
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > limit && !candidate.endsWith(`/${word}`)) continue
    const far = candidate.endsWith(`/${word}`) ? 0 : distance(wanted, candidate.toLowerCase())
    if (far <= limit) near.push({ candidate, far })
  }
  return near
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
