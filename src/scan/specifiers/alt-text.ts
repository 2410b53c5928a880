import { decodeEntities } from './entities.ts'

// Longer ones are no sentences, and patterns over them take their time.
const TEXT_MAX = 4000

/** The text of a Markdown text alternative, without the marks in it: emphasis, code, links, escapes, line ends. */
export function altTextOf(raw: string): string {
  if (raw.length > TEXT_MAX) return decodeEntities(raw.trim())
  const kept: string[] = []
  const keep = (text: string) => `\0${kept.push(text) - 1}\0`
  const plain = raw
    .replaceAll('\0', '')
    .replace(/\s*\n[\s>]*/g, ' ')
    .replace(/(`+)(?!`)([^`]+)\1(?!`)/g, (_, __, code: string) => keep(code.trim()))
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => keep(mark))
    .replace(/!?\[([^\][]*)\](?:\([^()]*\)|\[[^\][]*\])/g, '$1')
    .replace(/(\*{1,3}|~~)(?=[^\s*])([^*~]*[^\s*~])\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])([^_]*[^\s_])\1(?![\p{L}\p{N}_])/gu, '$2')
  return decodeEntities(plain)
    .replace(/\0(\d+)\0/g, (_, index: string) => kept[Number(index)]!)
    .trim()
}
