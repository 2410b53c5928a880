import { describe, expect, it } from 'vitest'
import { type PageValue, writePage } from '../../src/embed/html.ts'
import { mentionsIn } from '../../src/scan/source-file.ts'
import { findPicturesInHtml, type HtmlPicture } from '../../src/scan/specifiers/html.ts'
import { stripImageExtension } from '../../src/spec/names.ts'
import { parseSpecifier } from '../../src/spec/query.ts'
import { casesOf } from './cases.ts'

/** What its module gives, of a picture that the manifest has as the fixtures say. */
function valueFor({ meant, place }: HtmlPicture): PageValue {
  const { specifier, errors } = parseSpecifier(meant, () => ({ file: 'index.html' }))
  expect(errors).toEqual([])
  const { path, format = 'jpeg', look } = specifier
  const { as = 'url', alt = 'A boat', decorative, placeholder } = look.fields
  const widths = look.widths ?? [100, 200]
  const name =
    (place === 'page' ? 'https://example.org/' : '/') + stripImageExtension(path).replace(/^.*\//, '')
  const srcset = (one: string) => widths.map((width) => `${name}-${width}.${one} ${width}w`).join(', ')
  const largest = widths.at(-1)!
  const fallback = as === 'picture' ? format : (look.formats?.[0] ?? format)
  const src = `${name}-${largest}.${fallback}`
  if (as === 'original') return `${name}.${format}`
  if (as === 'url') return src
  if (as === 'srcset') return srcset(fallback)
  const size = { width: largest, height: Math.round((largest * 9) / 16) }
  const img = { src, srcset: srcset(fallback), ...size, alt: decorative ? '' : alt }
  const preview = placeholder === undefined ? {} : { placeholder: '#a1b2c3' }
  if (as === 'img') return { ...img, ...preview }
  const formats = look.formats ?? ['avif', 'webp']
  return { img, sources: Object.fromEntries(formats.map((one) => [one, srcset(one)])), ...preview }
}

describe('a page', () => {
  it.each(casesOf('html.txt'))('$title', ({ written, out, mistake }) => {
    const mentions = mentionsIn(Buffer.from(written), 'index.html')
    const misplaced = mentions.flatMap(({ errors }) => errors.filter(({ code }) => code === 'MISPLACED'))
    if (mistake === undefined) {
      const pictures = findPicturesInHtml(written)
      expect(writePage(written, pictures, pictures.map(valueFor))).toBe(out)
      expect(mentions.flatMap(({ errors }) => errors)).toEqual([])
    } else {
      expect(misplaced.map(({ message }) => message)).toEqual([expect.stringContaining(mistake)])
      expect(misplaced[0]!.places[0]).toMatchObject({ line: 1, column: written.indexOf('./') + 1 })
    }
  })
})
