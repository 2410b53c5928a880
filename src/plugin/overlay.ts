// A mistake as Vite's overlay shows one, for those that no request of a page runs into.
import { readFileSync } from 'node:fs'
import type { ErrorPayload } from 'vite'

/** The payload of an error; with the lines around its place, where it has one. */
export function overlayOf(error: unknown): ErrorPayload {
  const { message, loc } = error as Error & { loc?: { file: string; line: number; column: number } }
  const place = loc === undefined ? {} : { loc, id: loc.file, frame: frameOf(loc) }
  return { type: 'error', err: { message, stack: '', plugin: 'unplugin-generate-images', ...place } }
}

function frameOf({ file, line, column }: { file: string; line: number; column: number }): string {
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').split('\n')
  } catch {
    return ''
  }
  const first = Math.max(line - 3, 0)
  const shown = lines.slice(first, line + 2).map((text, index) => {
    const number = first + index + 1
    const row = `${String(number).padStart(5)} | ${text.slice(0, 200)}`
    return number === line ? `${row}\n      | ${' '.repeat(Math.min(column, 200))}^` : row
  })
  return shown.join('\n')
}
