// Mistakes that only show when a project is read as a whole, and files that can't be read.
import { didYouMean, EXIT, entry, shortList } from './entry.ts'

export const scanErrors = {
  CASE_CLASH: entry<{ first: string; second: string }>({
    meaning: 'Two names that differ in case or in hidden marks alone: one file on macOS and Windows.',
    exit: EXIT.usage,
    sentence: ({ first, second }) => `"${first}" and "${second}" would be one file on macOS and Windows.`,
    hint: () => 'Write the name in the same way in both places, or give one of the two another name.',
  }),
  MISPLACED: entry<{ problem: string }>({
    meaning:
      'A ?generate specifier in a place of a page, a stylesheet or Markdown that can not have that picture.',
    exit: EXIT.usage,
    sentence: ({ problem }) => `This ?generate can't stand here: ${problem}.`,
    hint: () => 'Write another shape (`as=…`), or put the picture where one is shown.',
  }),
  LEFT_AS_TEXT: entry<{ attribute: string; by: string }>({
    meaning: 'Warning: a ?generate specifier in an attribute that Svelte, Astro or JSX leaves as it stands.',
    exit: EXIT.done,
    sentence: ({ attribute, by }) =>
      `${by} leaves the text of "${attribute}" as it stands: the page will look for a file of this very name, and find none.`,
    hint: ({ attribute }) =>
      `Import the picture, and give the attribute what that gives: ${attribute}={…}. With a plugin that makes an import of such a text, all is well.`,
  }),
  NO_SITE: entry<{ found: string }>({
    meaning: 'Warning: a page has a picture that others load, and nobody told the address of the site.',
    exit: EXIT.done,
    sentence: ({ found }) => `${found} is read by other sites, which need a whole address.`,
    hint: () => "Set `site: 'https://example.org'`, the address that your site will have.",
  }),
  NO_SUCH_MANIFEST: entry<{ specifier: string; nearest: readonly string[]; manifests: readonly string[] }>({
    meaning: 'An import asks for a whole manifest that is not there.',
    exit: EXIT.usage,
    sentence: ({ specifier, nearest }) => `There is no manifest "${specifier}".${didYouMean(nearest)}`,
    hint: ({ manifests }) =>
      manifests.length === 0
        ? 'No images.prompts.json was found in this project: write one.'
        : `Found: ${shortList(manifests)}.`,
  }),
  TOO_LARGE: entry<{ of: 'manifest' | 'project'; found: string; most: string }>({
    meaning: 'A manifest, or a project, that is larger than this package takes.',
    exit: EXIT.usage,
    sentence: ({ of, found, most }) => `The ${of} has ${found}; ${most} are the most.`,
    hint: ({ of }) =>
      of === 'manifest'
        ? 'Split it into several manifests, each in a folder of its own.'
        : 'Leave folders out with `exclude`, or split the project.',
  }),
  NOT_SCANNED: entry<{ size: string; most: string }>({
    meaning: 'Warning: a source file that is too large to be scanned for imports.',
    exit: EXIT.done,
    sentence: ({ size, most }) =>
      `The file has ${size}; of more than ${most} it is not scanned, so its ?generate imports are not known.`,
    hint: () =>
      'Leave it out with `exclude` if it is no source; else move those imports into a smaller file.',
  }),
  FILE_UNREADABLE: entry<{ file: string; problem: string }>({
    meaning: "A manifest or source file that can't be read.",
    exit: EXIT.usage,
    sentence: ({ file, problem }) => `${file} can't be read: ${problem}.`,
    hint: () => 'Make the file readable, or leave it out with `exclude`.',
  }),
}
