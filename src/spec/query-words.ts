// The query words, as data: the grammar, the messages and the table of the README come from here.
import { FIELDS } from './fields.ts'
import { MODEL_FIELDS } from './model-row.ts'
import { FITS, FORMATS, SHAPES } from './specs.ts'

/** One query word, for the README. */
export interface QueryWord {
  readonly word: string
  readonly meaning: string
  readonly example: string
}

/** Words that are sent to the API: with a prompt among them the picture is inline. */
export const SENT_WORDS = ['prompt', 'style', 'model', 'size', ...MODEL_FIELDS] as const

/** Words that are fields of the look, with the field's own name. */
export const LOOK_WORDS = ['alt', 'decorative', 'aspect', 'fit', 'position', 'placeholder', 'as'] as const

const EXAMPLES: Readonly<Record<(typeof SENT_WORDS)[number], string>> = {
  prompt: 'prompt=A+paper+boat+at+sunrise',
  style: 'style=paper',
  model: 'model=gpt-image-2',
  size: 'size=1200x630',
  quality: 'quality=high',
  background: 'background=transparent',
  output_format: 'output_format=png',
  output_compression: 'output_compression=90',
  moderation: 'moderation=low',
}

/** Every query word but `generate` itself, in the order of the README. */
export const QUERY_WORDS: readonly QueryWord[] = [
  { word: 'as', meaning: `What the import gives: ${SHAPES.join(', ')}.`, example: 'as=picture' },
  { word: 'w', meaning: 'Widths in pixels.', example: 'w=480;960' },
  { word: 'h', meaning: 'Heights in pixels; with one width as well: exactly that box.', example: 'h=600' },
  { word: 'aspect', meaning: FIELDS.aspect.meaning, example: 'aspect=16:9' },
  { word: 'fit', meaning: `How the picture fills its frame: ${FITS.join(', ')}.`, example: 'fit=cover' },
  { word: 'position', meaning: FIELDS.position.meaning, example: 'position=top' },
  { word: 'format', meaning: `Formats: ${FORMATS.join(', ')}.`, example: 'format=avif;webp' },
  { word: 'q', meaning: "The encoder's quality, 1–100.", example: 'q=50' },
  {
    word: 'effort',
    meaning: "The encoder's effort, 0–9; a format that knows less takes its most.",
    example: 'effort=4',
  },
  { word: 'placeholder', meaning: FIELDS.placeholder.meaning, example: 'placeholder' },
  { word: 'alt', meaning: FIELDS.alt.meaning, example: 'alt=A+paper+boat' },
  { word: 'decorative', meaning: FIELDS.decorative.meaning, example: 'decorative' },
  ...SENT_WORDS.map((word) => ({ word, meaning: FIELDS[word].meaning, example: EXAMPLES[word] })),
]

export const WORDS: readonly string[] = QUERY_WORDS.map(({ word }) => word)

/** What people write instead of a word. */
export const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['width', 'w'],
  ['widths', 'w'],
  ['height', 'h'],
  ['formats', 'format'],
  ['ratio', 'aspect'],
])
