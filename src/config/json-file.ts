import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { plainValue, Unbounded } from '../scan/manifest-tree.ts'

/** The value of a JSON text, comments and trailing commas allowed; else what is wrong with it, and in which line. */
export function parseJson(text: string): { value?: unknown; problem?: string; line?: number } {
  const errors: ParseError[] = []
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true })
  const [first] = errors
  try {
    // By way of the tree: `parse` would make `__proto__` the prototype, where nothing checks it.
    if (first === undefined) return { value: root && plainValue(root) }
  } catch (error) {
    if (!(error instanceof Unbounded)) throw error
    return { problem: error.message, line: text.slice(0, error.offset).split('\n').length }
  }
  const words = printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, '$1 $2')
  return {
    problem: `it is no JSON (${words.toLowerCase()})`,
    line: text.slice(0, first.offset).split('\n').length,
  }
}
