// `generate-images.d.ts`: the exact type of every specifier in use, and the union of all names.
import type { Format, Shape } from '../spec/specs.ts'

/** One specifier in use, and what decides its type. */
export interface Declaration {
  /** As written in the source file. */
  readonly written: string
  readonly type: string
}

const HEAD = `// Written by unplugin-generate-images from the imports and manifests of this project, and kept up to date.
/* eslint-disable */
`

/** The type of one import, as TypeScript text. */
export function typeText(as: Shape, formats: readonly Format[], placeholder: boolean): string {
  const preview = placeholder ? '; readonly placeholder: string' : ''
  const img =
    'readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string'
  switch (as) {
    case 'url':
    case 'srcset':
    case 'image-set':
    case 'original':
      return 'string'
    case 'img':
      return `{ ${img}${preview} }`
    case 'picture': {
      const sources = object(formats.map((format) => [format, 'string']))
      return `{ readonly img: { ${img} }; readonly sources: ${sources}${preview} }`
    }
    case 'metadata':
      return "import('unplugin-generate-images').GeneratedMetadata"
  }
}

/** The type of a whole manifest: an object by name. */
export function manifestTypeText(
  entries: readonly { readonly name: string; readonly type: string }[],
): string {
  return object(entries.map(({ name, type }) => [JSON.stringify(name), type]))
}

function object(fields: readonly (readonly [name: string, type: string])[]): string {
  const inside = fields.map(([name, type]) => `readonly ${name}: ${type}`).join('; ')
  return inside === '' ? '{}' : `{ ${inside} }`
}

/** The text of `generate-images.d.ts`: in an order of its own, so that it changes only with what it says. */
export function embedDeclarations(declarations: readonly Declaration[], names: readonly string[]): string {
  const types = new Map<string, Set<string>>()
  for (const { written, type } of declarations) {
    const pattern = modulePattern(written)
    types.set(pattern, (types.get(pattern) ?? new Set()).add(type))
  }
  const modules = [...types].sort(mostSpecificFirst).map(([pattern, set]) => {
    const type = [...set].sort().join(' | ')
    return `declare module ${JSON.stringify(pattern)} {\n  const value: ${type}\n  export default value\n}\n`
  })
  const union = [...names].sort().map((name) => `\n    | ${JSON.stringify(name)}`)
  const register = `interface GenerateImagesRegister {\n  name:${union.join('') || ' never'}\n}\n`
  return [HEAD, register, ...modules].join('\n')
}

/**
 * The name under which TypeScript finds a specifier. An ambient module can't have a relative name, so the leading path
 * becomes the one wildcard that a name may have; with a `*` in the specifier itself the wildcard reaches to behind it.
 */
export function modulePattern(written: string): string {
  const path = /^(?:\.{1,2}\/)+|^(?=\/)/.exec(written)?.[0]
  const star = written.lastIndexOf('*')
  if (star !== -1 && (path !== undefined || written.indexOf('*') !== star))
    return `*${written.slice(star + 1)}`
  if (path === undefined) return written
  return path === '' ? `*${written}` : `*/${written.slice(path.length)}`
}

// Of several names that fit, TypeScript takes the first with the longest text before its wildcard: `*/boat.png` would
// hide a `*/paper/boat.png` that comes after it.
function mostSpecificFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return b.length - a.length || (a < b ? -1 : 1)
}
