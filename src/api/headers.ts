import { createError } from '../errors/index.ts'

/** The headers of each POST. Throws `BAD_OPTION` for a key or a header that HTTP can't carry; its value is not shown. */
export function headersOf(options: {
  apiKey: string
  headers?: Readonly<Record<string, string>>
}): Record<string, string> {
  const own = Object.entries(options.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  )
  check('provider.apiKey', options.apiKey)
  for (const [name, value] of own) check(`provider.headers.${name}`, value)
  return {
    authorization: `Bearer ${options.apiKey}`,
    accept: 'application/json',
    // A compressed picture is no smaller, and these bytes are kept as they come.
    'accept-encoding': 'identity',
    'user-agent': 'unplugin-generate-images',
    ...Object.fromEntries(own),
    'content-type': 'application/json',
  }
}

function check(option: string, value: string): void {
  if (/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value)) return
  const found =
    value === '' ? 'empty' : 'a text with spaces at its ends, line ends or letters that HTTP has not'
  throw createError('BAD_OPTION', { option, found, allowed: 'printable ASCII, without spaces at its ends' })
}
