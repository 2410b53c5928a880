// Cases of `fixtures/embed`: what an author wrote and what comes out, as text.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One case. */
export interface Case {
  readonly title: string
  /** What stands in brackets before the title. */
  readonly kind: string | undefined
  readonly written: string
  /** The same text where nothing changes. */
  readonly out: string
  /** What is wrong, where something is. */
  readonly mistake: string | undefined
}

/** The cases of a file, in order. */
export function casesOf(name: string): Case[] {
  const file = fileURLToPath(new URL(`../../fixtures/embed/${name}`, import.meta.url))
  const [, ...parts] = readFileSync(file, 'utf8').split(/^# /m)
  return parts.map((part) => {
    const [, kind, title = '', body = ''] = /^(?:\[(\w+)\] )?(.*)\n([\s\S]*)$/.exec(part) ?? []
    const [written = '', out = ''] = body.trimEnd().split('\n→\n')
    const mistake = out.startsWith('! ') ? out.slice(2) : undefined
    return { title, kind, written, out: out === '=' ? written : out, mistake }
  })
}
