// Texts into HTML: whatever is put into a template is escaped, unless it is HTML already.
import { escapeHtml } from '../../embed/escape-html.ts'

/** A piece of HTML. */
export interface Html {
  readonly text: string
}

/** Makes HTML of a template; texts in it are escaped for elements and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const texts = values.map((value) => (typeof value === 'string' ? escapeHtml(value) : value.text))
  return { text: strings.map((part, at) => part + (texts[at] ?? '')).join('') }
}

/** Several pieces, one after another. */
export function join(pieces: readonly Html[]): Html {
  return { text: pieces.map(({ text }) => text).join('\n') }
}
