import { isSpoken } from './component.ts'
import { decodeEntities } from './entities.ts'
import { type Found, isImagePath, isOurs, trimmed } from './found.ts'
import { piecesOf } from './javascript.ts'

const MAY_HOLD = /=\s*["'][^"']*[?&;]generate/
const PICTURES = /^(?:src|srcset|poster)$/i

/**
 * Finds the specifiers that stand in the attributes of JSX as texts, such as `<img src="./boat.png?generate">`. Nothing makes
 * an import of those: they ask for no picture.
 */
export function findTextsInJsx(text: string): Found[] {
  if (!MAY_HOLD.test(text)) return []
  const { pieces, lost } = piecesOf(text, true)
  // What only looks like elements, as the generics of TypeScript do, is none.
  if (lost) return []
  return pieces.flatMap(({ type, value, offset }, at) => {
    if (type !== 'JSXString' || pieces[at - 1]?.value !== '=') return []
    const attribute = pieces[at - 2]?.value ?? ''
    if (isSpoken(attribute)) return []
    const { raw, at: start } = trimmed(value.slice(1, -1))
    const written = decodeEntities(raw)
    // A link, or whatever a component takes, may have any query.
    if (!isOurs(written) || !(PICTURES.test(attribute) || isImagePath(written))) return []
    return [{ written, offset: offset + 1 + start, left: { attribute, by: 'JSX' } }]
  })
}
