// Mistakes in what a person wrote: manifests, specifiers, fields, names.
import { didYouMean, EXIT, entry, orList, shortList } from './entry.ts'

export interface FieldMistake {
  /** The field, as a path: `images.hero.quality`, or a query word. */
  field: string
  found: string
}

export const requestErrors = {
  MANIFEST_SYNTAX: entry<{ problem: string }>({
    meaning: 'A manifest is not JSON (comments and trailing commas are fine).',
    exit: EXIT.usage,
    sentence: ({ problem }) => `The manifest can't be read: ${problem}.`,
    hint: () => 'Mend the JSON at this place; everything else in the file is left as it is.',
  }),
  UNKNOWN_FIELD: entry<{ field: string; nearest: readonly string[]; allowed: readonly string[] }>({
    meaning: 'A field or query word that does not exist.',
    exit: EXIT.usage,
    sentence: ({ field, nearest }) => `"${field}" is not a known name here.${didYouMean(nearest)}`,
    hint: ({ allowed }) => `Known here: ${allowed.join(', ')}.`,
  }),
  BAD_VALUE: entry<FieldMistake & { allowed: string }>({
    meaning: 'A field or query word with a value that is not allowed.',
    exit: EXIT.usage,
    sentence: ({ field, found }) => `"${field}" is ${found}.`,
    hint: ({ allowed }) => `Allowed: ${allowed}.`,
  }),
  MODEL_FIELD: entry<FieldMistake & { model: string; allowed: string }>({
    meaning: 'A field or value that the chosen model refuses.',
    exit: EXIT.usage,
    sentence: ({ field, found, model }) => `"${field}" is ${found}, which ${model} does not take.`,
    hint: ({ model, allowed, field }) =>
      allowed === ''
        ? `Leave "${field}" out for ${model}, or choose another model.`
        : `${model} takes: ${allowed}.`,
  }),
  SIZE_TOO_LARGE: entry<{ found: string; model: string; largest: string }>({
    meaning: 'An exact size in pixels that is larger than anything the model makes.',
    exit: EXIT.usage,
    sentence: ({ found, model }) => `"size" is ${found}, and ${model} makes no picture that covers it.`,
    hint: ({ largest, model }) =>
      `The largest that ${model} makes in this shape is ${largest}. Ask for that, or for the ratio alone.`,
  }),
  PROMPT_TOO_LONG: entry<{ length: number; max: number; model: string }>({
    meaning: 'A prompt with more characters than the model takes.',
    exit: EXIT.usage,
    sentence: ({ length, max, model }) => `The prompt has ${length} characters; ${model} takes ${max}.`,
    hint: () => 'Shorten the prompt or its style, or choose another model.',
  }),
  UNKNOWN_STYLE: entry<{ style: string; nearest: readonly string[]; known: readonly string[] }>({
    meaning: 'A style that the manifest does not define.',
    exit: EXIT.usage,
    sentence: ({ style, nearest }) => `The style "${style}" is not defined.${didYouMean(nearest)}`,
    hint: ({ known }) =>
      known.length === 0 ? 'Add it under "styles" in the manifest.' : `Defined: ${shortList(known)}.`,
  }),
  BAD_NAME: entry<{ name: string; why: string }>({
    meaning: "A picture's name that can't be a file inside the project on every system.",
    exit: EXIT.usage,
    sentence: ({ name, why }) => `"${name}" can't be a picture's name: ${why}.`,
    hint: () =>
      "Use a path relative to the manifest's folder, without an extension: letters, digits, - and _.",
  }),
  TWO_PROMPTS: entry<{ first: string; second: string }>({
    meaning: 'Two places ask for different pictures under one name.',
    exit: EXIT.usage,
    sentence: ({ first, second }) =>
      `This name is asked for with two different requests: ${first} and ${second}.`,
    hint: () => 'Give one of the two another name, or make both requests the same.',
  }),
  DEFINED_TWICE: entry<{ name: string }>({
    meaning: 'Two manifests, or one manifest twice, define the same picture.',
    exit: EXIT.usage,
    sentence: ({ name }) => `"${name}" is defined twice.`,
    hint: () => 'Keep one of the two entries.',
  }),
  EACH_UNREADABLE: entry<{ file: string; problem: string }>({
    meaning: 'A file of rows for an entry with `each` that can not be read.',
    exit: EXIT.usage,
    sentence: ({ file, problem }) => `${file} has no rows to make pictures of: ${problem}.`,
    hint: () => 'Give a list of objects (JSON, YAML), a CSV file with a header, or pages with front matter.',
  }),
  EACH_NOTHING: entry<{ each: string }>({
    meaning: 'An entry with `each` whose file is not there, or whose glob finds none.',
    exit: EXIT.usage,
    sentence: ({ each }) => `There is no file "${each}", seen from the manifest.`,
    hint: () => 'Write its path from the folder of the manifest, such as ./products.json or ./posts/*.md.',
  }),
  EACH_FIELD: entry<{
    field: string
    found: string
    nearest: readonly string[]
    known: readonly string[]
  }>({
    meaning: 'A row without a field that an entry with `each` names.',
    exit: EXIT.usage,
    sentence: ({ field, found, nearest }) =>
      `The field {${field}} of this row is ${found}.${didYouMean(nearest)}`,
    hint: ({ known }) => `Fields of this row: ${shortList(known)}. For a brace in a text write it twice: {{.`,
  }),
  NO_SUCH_ENTRY: entry<{ specifier: string; nearest: readonly string[]; manifests: readonly string[] }>({
    meaning: 'An import asks for a picture that no manifest at or above it has.',
    exit: EXIT.usage,
    sentence: ({ specifier, nearest }) => `No manifest entry for "${specifier}".${didYouMean(nearest)}`,
    hint: ({ manifests }) =>
      manifests.length === 0
        ? 'There is no images.prompts.json at or above this file: write one, or add &prompt=… to the import.'
        : `Looked into ${shortList(manifests)}. Add the entry there, or add &prompt=… to the import.`,
  }),
  AMBIGUOUS_NAME: entry<{ specifier: string; candidates: readonly string[] }>({
    meaning: 'A bare name that several manifests have.',
    exit: EXIT.usage,
    sentence: ({ specifier, candidates }) => `"${specifier}" could be ${orList(candidates)}.`,
    hint: () => 'Import it by its path instead.',
  }),
  NO_SUCH_PICTURE: entry<{
    name: string
    nearest: readonly string[]
    /** The names that it could be short for. */
    candidates?: readonly string[]
  }>({
    meaning: 'A command names a picture that nothing asks for, or one that could be several.',
    exit: EXIT.usage,
    sentence: ({ name, nearest, candidates = [] }) =>
      candidates.length > 0
        ? `"${name}" could be ${orList(candidates)}.`
        : `No picture is called "${name}".${didYouMean(nearest)}`,
    hint: () =>
      'Name it as `npx generate-images plan --json` does: its path from the root, without an extension.',
  }),
  NO_SUCH_TAKE: entry<{ take: number; there: readonly number[] }>({
    meaning: 'A take is chosen that is not there for the prompt as it is written now.',
    exit: EXIT.usage,
    sentence: ({ take, there }) =>
      `There is no take ${take}; ${there.length === 0 ? 'there are none for this prompt' : `there ${there.length === 1 ? 'is' : 'are'} ${there.join(', ')}`}.`,
    hint: ({ there }) =>
      there.length === 0
        ? 'Make some: npx generate-images redo NAME -n 4. Takes belong to a prompt, to the letter.'
        : 'Choose one of these, or make more: npx generate-images redo NAME -n 4.',
  }),
  OUTSIDE_ROOT: entry<{ specifier: string }>({
    meaning: "An import whose path leaves the project's root.",
    exit: EXIT.usage,
    sentence: ({ specifier }) => `"${specifier}" lies outside the project's root.`,
    hint: () => 'Keep generated pictures inside the root, or set `root` to a folder that holds both.',
  }),
  BAD_SPECIFIER: entry<{ specifier: string; why: string }>({
    meaning: 'A ?generate specifier whose path or query can not be read.',
    exit: EXIT.usage,
    sentence: ({ specifier, why }) => `"${specifier}" can't be read: ${why}.`,
    hint: () => 'The form is ./name.png?generate&as=picture: a path or a name, then words joined by &.',
  }),
  SENT_IN_QUERY: entry<{ word: string; name: string }>({
    meaning: 'An import changes what its manifest entry asks the API for.',
    exit: EXIT.usage,
    sentence: ({ word, name }) => `"${word}" belongs to the request for ${name}, which the manifest holds.`,
    hint: ({ word }) =>
      `Write "${word}" into the manifest's entry, or give this import a path and a prompt of its own.`,
  }),
  NO_ALT: entry<Record<string, never>>({
    meaning: 'Warning: a picture without a text alternative.',
    exit: EXIT.done,
    sentence: () => 'There is no text alternative.',
    hint: () => 'Add "alt": a sentence for people who do not see the picture, or "decorative": true.',
  }),
  UNKNOWN_MODEL: entry<{ model: string; nearest: readonly string[] }>({
    meaning: 'Warning: a model that the model table does not have; its fields are sent as written.',
    exit: EXIT.done,
    sentence: ({ model, nearest }) =>
      `The model ${model} is not in the table; its fields are sent as written.${didYouMean(nearest)}`,
    hint: () => 'Add it to `models` (what it takes) and `prices` (what it costs) to have both checked.',
  }),
}
