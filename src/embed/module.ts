import { type Filling, quote, type Templated, toExpression } from './template.ts'

/** What a host imports to get the address of a file: the module specifier. */
export interface FileImport {
  readonly from: string
  /** The file itself, where the module has to be made again when it goes away. */
  readonly file?: string
}

/** What a host puts the address of a file in the place of: a JavaScript expression. */
export interface FileExpression {
  readonly expression: string
}

/** Where a file will be found: an address that is known now, or what a host turns into one. */
export type Address = string | FileImport | FileExpression

/**
 * The JavaScript module of one import. `addresses` has one for each slot. Each file is imported once, and a text that comes
 * twice is written once.
 */
export function embedModule(value: Templated, addresses: readonly Address[]): string {
  const files = new Map<string, string>()
  const fillingOf = (slot: number): Filling => {
    const address = addresses[slot]
    if (address === undefined) throw new RangeError(`there is no address for slot ${slot}`)
    if (typeof address === 'string') return { text: address }
    if ('expression' in address) return { code: address.expression }
    const name = files.get(address.from) ?? `file${files.size}`
    files.set(address.from, name)
    return { code: name }
  }
  const [once, twice] = [new Set<string>(), new Map<string, string>()]
  toExpression(value, fillingOf, (expression) => {
    if (once.has(expression)) twice.set(expression, twice.get(expression) ?? `text${twice.size}`)
    once.add(expression)
    return expression
  })
  const exported = toExpression(value, fillingOf, (expression) => twice.get(expression) ?? expression)
  const imports = [...files].map(([from, name]) => `import ${name} from ${quote(from)}\n`)
  const constants = [...twice].map(([expression, name]) => `const ${name} = ${expression}\n`)
  return `${imports.join('')}${constants.join('')}export default ${exported}\n`
}
