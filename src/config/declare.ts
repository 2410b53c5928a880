import { type Declaration, embedDeclarations, manifestTypeText, typeText } from '../embed/declarations.ts'
import type { Collection, UsedPicture } from '../pipeline/collect.ts'

/** The text of `generate-images.d.ts` for everything that a project asks for. */
export function declarationsOf(collection: Collection): string {
  const imported = collection.uses.filter(({ place, shown }) => !shown && !NOT_TYPED.test(place.file))
  const declarations = imported.map(({ written, use }): Declaration => {
    if (use.kind === 'picture') return { written, type: typeOf(use) }
    return {
      written,
      type: manifestTypeText([...use.pictures].map(([name, used]) => ({ name, type: typeOf(used) }))),
    }
  })
  return embedDeclarations(declarations, [...collection.pictures.keys()])
}

function typeOf({ as, look }: UsedPicture): string {
  return typeText(as, look.formats, look.placeholder !== false)
}

// What TypeScript never sees.
const NOT_TYPED = /\.(?:html|css|pcss|scss|sass|less|styl|stylus)$/
