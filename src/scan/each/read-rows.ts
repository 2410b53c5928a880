// The rows of a file of data, each with its line: JSON, YAML, CSV, or the front matter of a page.
import { visit } from 'jsonc-parser'
import { createError, type GenerateImagesError, type Place } from '../../errors/index.ts'
import { isObject } from '../../spec/is-object.ts'
import { LIMITS } from '../../spec/limits.ts'
import type { RowValues } from '../../spec/row-text.ts'
import { createPositions } from '../position.ts'

/** One row. */
export interface Row {
  readonly values: RowValues
  readonly place: Place
}

/** What a file of data holds, or why it can't be read. */
export interface Rows {
  readonly rows: readonly Row[]
  readonly errors: readonly GenerateImagesError[]
}

type Read = (text: string, file: string) => Promise<readonly Row[]>

/** Thrown for what a person has to mend; `line` counts from 1. */
class Unreadable extends Error {
  readonly line: number | undefined
  constructor(problem: string, line?: number) {
    super(problem)
    this.line = line
  }
}

const READERS: Readonly<Record<string, Read>> = {
  json: readJson,
  yaml: readYaml,
  yml: readYaml,
  csv: readCsv,
  md: readFrontMatter,
  mdx: readFrontMatter,
}

/** Endings of files that rows are read from. */
export const ROW_ENDINGS: readonly string[] = Object.keys(READERS)

const endingOf = (file: string) => /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ''

/** Whether rows can be read from a file, or from what a glob finds. */
export const hasRowEnding = (file: string) => ROW_ENDINGS.includes(endingOf(file))

/** Reads the rows of a file; `file` is its path from the root. Never throws what a person can mend: that is in `errors`. */
export async function readRows(text: string, file: string): Promise<Rows> {
  try {
    const rows = await READERS[endingOf(file)]!(text.replace(/^\uFEFF/, ''), file)
    if (rows.length > LIMITS.pictures)
      throw new Unreadable(`it has ${rows.length} rows; ${LIMITS.pictures} are the most`)
    return { rows, errors: [] }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { rows: [], errors: [unreadable(file, error.message, error.line)] }
  }
}

/** The error for a file of data. */
export function unreadable(file: string, problem: string, line?: number): GenerateImagesError {
  return createError('EACH_UNREADABLE', { file, problem }, { places: [{ file, ...(line && { line }) }] })
}

async function readJson(text: string, file: string): Promise<readonly Row[]> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Unreadable(`it is not JSON (${(error as Error).message})`)
  }
  const placeAt = createPositions(text, file)
  const starts = rowStarts(text)
  return rowsOf(value).map((values, index) => ({ values, place: placeAt(starts[index] ?? 0) }))
}

/** Where the objects begin that stand in the outermost list or object. */
function rowStarts(text: string): number[] {
  const starts: number[] = []
  let depth = 0
  const begin = (offset: number) => {
    if (depth === 1) starts.push(offset)
    depth += 1
  }
  const end = () => {
    depth -= 1
  }
  visit(text, { onObjectBegin: begin, onArrayBegin: begin, onObjectEnd: end, onArrayEnd: end })
  return starts
}

async function readYaml(text: string, file: string): Promise<readonly Row[]> {
  const { LineCounter, isMap, isPair, isSeq, parseDocument } = await import('yaml')
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined)
    throw new Unreadable(`it is not YAML (${error.message})`, lineCounter.linePos(error.pos[0]).line)
  const { contents } = document
  const items = isMap(contents) || isSeq(contents) ? contents.items : []
  return rowsOf(document.toJS({ maxAliasCount: 100 })).map((values, index) => {
    const item = items[index]
    const node = (isPair(item) ? item.key : item) as { range?: readonly number[] } | undefined
    return { values, place: { file, line: lineCounter.linePos(node?.range?.[0] ?? 0).line } }
  })
}

async function readCsv(text: string, file: string): Promise<readonly Row[]> {
  const { CsvError, parse } = await import('csv-parse/sync')
  const [header = ''] = text.split(/\r?\n/, 1)
  const delimiter = [',', ';', '\t'].find((one) => header.includes(one)) ?? ','
  const words = {
    bom: true,
    columns: true,
    delimiter,
    info: true,
    skip_empty_lines: true,
    trim: true,
  } as const
  try {
    const found = parse(text, words) as unknown as readonly { record: RowValues; info: { lines: number } }[]
    let line = 2
    return found.map(({ record, info }) => {
      const row = { values: record, place: { file, line } }
      line = info.lines + 1
      return row
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Unreadable(`it is not CSV (${error.message})`)
  }
}

async function readFrontMatter(text: string, file: string): Promise<readonly Row[]> {
  const [, front] = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*$/m.exec(text) ?? []
  const { parseDocument } = await import('yaml')
  const document = parseDocument(front ?? '', { prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) throw new Unreadable(`its front matter is not YAML (${error.message})`)
  const data: unknown = document.toJS({ maxAliasCount: 100 }) ?? {}
  if (!isObject(data)) throw new Unreadable('its front matter is no list of fields')
  const name = file.split('/').at(-1)!
  return [{ values: { file: name.slice(0, name.lastIndexOf('.')), ...data }, place: { file, line: 1 } }]
}

/** A list of objects, or an object of objects, which then have their name as `key`. */
function rowsOf(value: unknown): readonly RowValues[] {
  const rows = Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.entries(value).map(([key, row]) => (isObject(row) ? { key, ...row } : row))
      : undefined
  if (rows === undefined) throw new Unreadable('it is neither a list nor an object')
  const odd = rows.findIndex((row) => !isObject(row))
  if (odd !== -1) throw new Unreadable(`its row ${odd + 1} is no object with fields`)
  return rows
}
