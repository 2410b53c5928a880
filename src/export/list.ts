// What an export says of its pictures: manifest.json, for programs and for the next export, and a module with its types.
import { typeText } from '../embed/declarations.ts'
import type { GeneratedPicture } from '../embed/shapes.ts'
import type { Picture } from '../spec/specs.ts'
import type { ExportedFile } from './placer.ts'

export interface ExportedPicture {
  readonly name: string
  readonly value: GeneratedPicture
  readonly html: string
  readonly files: readonly ExportedFile[]
}

/** By the mark an export knows the list of an earlier one. */
export const LIST = { generator: 'unplugin-generate-images', version: 1 } as const

/** The text of manifest.json. `files` are all files of the export but itself, by path, with the hash of their bytes. */
export function listText({
  base,
  pictures,
  files,
}: {
  readonly base: string
  readonly pictures: readonly ExportedPicture[]
  readonly files: Readonly<Record<string, string>>
}): string {
  const images = Object.fromEntries(
    pictures.map(({ name, value, html, files }) => [name, { ...value, html, files }]),
  )
  return `${JSON.stringify({ ...LIST, base, images, files }, null, 2)}\n`
}

const HEAD = '// Written by generate-images export.\n'

/** The text of images.js. */
export function moduleText(pictures: readonly ExportedPicture[]): string {
  const images = Object.fromEntries(pictures.map(({ name, value, html }) => [name, { ...value, html }]))
  return `${HEAD}export const images = ${JSON.stringify(images, null, 2)}\n`
}

/** The text of images.d.ts: the exact type of every picture. */
export function typesText(pictures: readonly Picture[]): string {
  const lines = pictures.map(({ name, look }) => {
    const type = typeText('picture', look.formats, look.placeholder !== false)
    return `  readonly ${JSON.stringify(name)}: ${type.replace(/ }$/, '; readonly html: string }')}\n`
  })
  return `${HEAD}export declare const images: {\n${lines.join('')}}\n`
}
