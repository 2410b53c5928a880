// What can be wrong with a picture's pixels, and with making renditions of it.
import { EXIT, entry } from './entry.ts'

export const renderErrors = {
  NOT_A_PICTURE: entry<{ found: string }>({
    meaning: 'Bytes that are no PNG, JPEG or WebP picture, told by their beginning.',
    exit: EXIT.pictures,
    sentence: ({ found }) => `This is no PNG, JPEG or WebP picture: it is ${found}.`,
    hint: () => 'Convert it to one of the three, or set "output_format" to png, jpeg or webp.',
  }),
  BROKEN_PICTURE: entry<{ type: string; why: string }>({
    meaning: 'A PNG, JPEG or WebP picture that can not be decoded whole.',
    exit: EXIT.pictures,
    sentence: ({ type, why }) => `The ${type} picture can't be decoded whole: ${why}.`,
    hint: () => 'It is cut short or damaged: bring back a whole copy of the file.',
  }),
  PICTURE_TOO_LARGE: entry<{
    what: 'pixels' | 'bytes' | 'channels' | 'scans' | 'segments'
    found: string
    limit: string
  }>({
    meaning: 'A picture with more pixels, channels, parts or bytes than this package decodes.',
    exit: EXIT.pictures,
    sentence: ({ what, found, limit }) => `The picture has ${found} ${what}; the limit is ${limit}.`,
    hint: ({ what }) => {
      if (what === 'channels') return 'Save it as plain RGB or RGBA.'
      if (what === 'scans' || what === 'segments')
        return 'Save it anew, as a baseline JPEG without metadata; no encoder writes so many parts.'
      return 'Make it smaller; no model makes a picture of this size.'
    },
  }),
  PICTURE_TOO_SLOW: entry<{ type: string; seconds: number }>({
    meaning: 'A picture that takes longer to decode than this package waits.',
    exit: EXIT.pictures,
    sentence: ({ type, seconds }) => `The ${type} picture takes more than ${seconds} s to decode.`,
    hint: () =>
      'Run again when this machine has less to do; if it stays, save it anew as a plain PNG or JPEG.',
  }),
  ANIMATED_PICTURE: entry<{ type: string; frames: number | undefined }>({
    meaning: 'An animated picture; only still ones are taken.',
    exit: EXIT.pictures,
    sentence: ({ type, frames }) =>
      `The ${type} picture is animated${frames === undefined ? '' : ` (${frames} frames)`}.`,
    hint: () => 'Save one frame of it as a still picture.',
  }),
  ORIGINAL_UNREADABLE: entry<{ why: string }>({
    meaning: "An original's file can not be read while its renditions are made.",
    exit: EXIT.pictures,
    sentence: ({ why }) => `The original can't be read (${why}).`,
    hint: () => 'Run `npx generate-images check`: it names the file and how to bring it back.',
  }),
  ORIGINAL_CHANGED: entry<{ expected: string; found: string }>({
    meaning: "An original's bytes changed after its renditions were laid out.",
    exit: EXIT.pictures,
    sentence: ({ expected, found }) =>
      `The original changed: its SHA-256 is ${found.slice(0, 12)}…, and ${expected.slice(0, 12)}… was laid out.`,
    hint: () => 'Run again; if it stays, `npx generate-images check` names the file.',
  }),
  RENDER_FAILED: entry<{ format: string; width: number; height: number; why: string }>({
    meaning: 'The encoder failed on a picture that could be decoded.',
    exit: EXIT.pictures,
    sentence: ({ format, width, height, why }) =>
      `The ${format} of ${width}x${height} can't be made: ${why}.`,
    hint: ({ format }) => `Leave ${format} out of "formats", or ask for smaller "widths".`,
  }),
  NO_ENCODER: entry<{ why: string }>({
    meaning: 'sharp, which decodes and encodes pictures, can not be loaded.',
    exit: EXIT.usage,
    sentence: ({ why }) => `sharp can't be loaded: ${why}.`,
    hint: () => 'Install it for this machine: npm install --include=optional sharp.',
  }),
}
