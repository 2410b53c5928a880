// Which names a picture may have. A name becomes a file on Linux, macOS and Windows alike, inside the project alone.
import { posix } from 'node:path'

/** The name that every manifest file has. */
export const MANIFEST_FILE = 'images.prompts.json'

const IMAGE_EXTENSION = /\.(png|jpe?g|webp|avif)$/i
// What the files of a picture end with: a folder of that name would be in their way.
const KEPT_EXTENSION = /\.(json|png|jpg|webp)$/
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?$/i
// Beside what Windows refuses: in a path, webpack takes `!` for the end of a loader, and bundlers cut at `#`.
const FORBIDDEN = '<>:"|?*\\!#'
const SEGMENT_MAX = 120
const NAME_MAX = 400

// Most names: letters that are one everywhere, and no part that is a device. Nothing else need be looked at.
const PLAIN_PART = '(?!(?:con|prn|aux|nul|com\\d|lpt\\d)(?:/|$))[\\w-]{1,100}'
const PLAIN = new RegExp(`^${PLAIN_PART}(?:/${PLAIN_PART})*$`, 'i')
// biome-ignore lint/suspicious/noControlCharactersInRegex: they stand for all that is ASCII.
const ASCII = /^[\x00-\x7f]*$/

/** Why `name` can't be a picture's name, as the end of a sentence; `undefined` for a good name. */
export function nameProblem(name: string): string | undefined {
  if (name.length <= NAME_MAX && PLAIN.test(name)) return undefined
  if (name === '') return 'it is empty'
  if (name.length > NAME_MAX) return `it is longer than ${NAME_MAX} characters`
  if (name !== name.normalize('NFC')) return 'its letters are not in composed form (Unicode NFC)'
  if (name.startsWith('/')) return 'it is an absolute path'
  if (IMAGE_EXTENSION.test(name)) return 'it ends with an extension, which names leave out'
  const segments = name.split('/')
  for (const segment of segments) {
    const problem = segmentProblem(segment)
    if (problem !== undefined) return problem
  }
  const inTheWay = segments.slice(0, -1).find((folder) => KEPT_EXTENSION.test(foldName(folder)))
  return inTheWay && `its part "${inTheWay}" could be the file of another picture`
}

/** The name of a path: without the extension of an image, if it has one. */
export function stripImageExtension(path: string): string {
  return path.replace(IMAGE_EXTENSION, '')
}

/** The readable part of a picture's files in the output: of its name what needs no escape in an address or a `srcset`. */
export function stemOf(name: string): string {
  return posix.basename(name).replace(/[^\p{L}\p{M}\p{N}._-]/gu, '_')
}

/** `name` seen from `folder` (both relative to the root, forward slashes; the root itself is `''`), `undefined` where it leaves the root. */
export function joinName(folder: string, name: string): string | undefined {
  const joined = posix.join(folder === '' ? '.' : folder, name)
  return joined.startsWith('../') || joined === '..' || joined.startsWith('/') ? undefined : joined
}

/**
 * What two names have in common that some file system takes for one: upper and lower case and what folds with them (ß
 * and ss, the Kelvin sign and k), composed and decomposed letters, and marks that nobody sees. Coarser than any of them.
 */
export function foldName(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase()
  const visible = name.normalize('NFD').replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return visible.toLowerCase().toUpperCase().toLowerCase().normalize('NFD')
}

function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'it has an empty part'
  if (segment === '.' || segment === '..') return `it has the part "${segment}"`
  if (segment.startsWith('.')) return `its part "${segment}" begins with a dot`
  if (/[. ]$/.test(segment) || segment.startsWith(' '))
    return `its part "${segment}" begins or ends with a dot or a space`
  if (Buffer.byteLength(segment) > SEGMENT_MAX)
    return `its part "${segment.slice(0, 20)}…" is longer than ${SEGMENT_MAX} bytes`
  if (DEVICE.test(segment)) return `its part "${segment}" is a device on Windows`
  for (const character of segment) {
    if (FORBIDDEN.includes(character)) return `it has the character ${character}`
    if (/\p{C}/u.test(character)) return 'it has an invisible character'
  }
  return undefined
}
