import { quote, type Templated, toExpression } from './template.ts'

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

/** The JavaScript module of one import. `addresses` has one for each slot. Each file is imported once. */
export function embedModule(value: Templated, addresses: readonly Address[]): string {
  const names = new Map<string, string>()
  const expression = toExpression(value, (slot) => {
    const address = addresses[slot]
    if (address === undefined) throw new RangeError(`there is no address for slot ${slot}`)
    if (typeof address === 'string') return quote(address)
    if ('expression' in address) return address.expression
    const name = names.get(address.from) ?? `file${names.size}`
    names.set(address.from, name)
    return name
  })
  const imports = [...names].map(([from, name]) => `import ${name} from ${quote(from)}\n`)
  return `${imports.join('')}export default ${expression}\n`
}
