import { quote, type Templated, toExpression } from './template.ts'

/** What a host imports to get the address of a file: the module specifier. */
export interface FileImport {
  readonly from: string
}

/**
 * The JavaScript module of one import. `addresses` has, for each slot, a string known now or an import that the host
 * turns into the address. Each file is imported once.
 */
export function embedModule(value: Templated, addresses: readonly (string | FileImport)[]): string {
  const names = new Map<string, string>()
  const expression = toExpression(value, (slot) => {
    const address = addresses[slot]
    if (address === undefined) throw new RangeError(`there is no address for slot ${slot}`)
    if (typeof address === 'string') return quote(address)
    const name = names.get(address.from) ?? `file${names.size}`
    names.set(address.from, name)
    return name
  })
  const imports = [...names].map(([from, name]) => `import ${name} from ${quote(from)}\n`)
  return `${imports.join('')}export default ${expression}\n`
}
