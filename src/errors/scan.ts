// Mistakes that only show when a project is read as a whole, and files that can't be read.
import { didYouMean, EXIT, entry } from './entry.ts'

export const scanErrors = {
  CASE_CLASH: entry<{ first: string; second: string }>({
    meaning: 'Two names that differ in upper and lower case alone: one file on macOS and Windows.',
    exit: EXIT.usage,
    sentence: ({ first, second }) => `"${first}" and "${second}" would be one file on macOS and Windows.`,
    hint: () => 'Write the name in the same way in both places, or give one of the two another name.',
  }),
  NO_SUCH_MANIFEST: entry<{ specifier: string; nearest: readonly string[]; manifests: readonly string[] }>({
    meaning: 'An import asks for a whole manifest that is not there.',
    exit: EXIT.usage,
    sentence: ({ specifier, nearest }) => `There is no manifest "${specifier}".${didYouMean(nearest)}`,
    hint: ({ manifests }) =>
      manifests.length === 0
        ? 'No images.prompts.json was found in this project: write one.'
        : `Found: ${manifests.join(', ')}.`,
  }),
  FILE_UNREADABLE: entry<{ file: string; problem: string }>({
    meaning: "A manifest or source file that can't be read.",
    exit: EXIT.usage,
    sentence: ({ file, problem }) => `${file} can't be read: ${problem}.`,
    hint: () => 'Make the file readable, or leave it out with `exclude`.',
  }),
}
