// What keeps an export from being written.
import { EXIT, entry } from './entry.ts'

export const exportErrors = {
  EXPORT_IN_WAY: entry<{ file: string }>({
    meaning: 'A file that no export wrote, or that was changed since, lies where one would be written.',
    exit: EXIT.usage,
    sentence: ({ file }) =>
      `${file} is in the way: the export did not write it, or somebody has changed it since. Nothing was written.`,
    hint: () => 'Move it away, or export into a folder of its own.',
  }),
  EXPORT_FOREIGN: entry<{ file: string }>({
    meaning: 'The folder of an export has a manifest.json that no export of this version wrote.',
    exit: EXIT.usage,
    sentence: ({ file }) => `${file} is not the list of an earlier export. Nothing was written.`,
    hint: () => 'Export into a folder of its own, or move that file away.',
  }),
  EXPORT_CLASH: entry<{ file: string; first: string }>({
    meaning: "Two pictures whose names come to one file, because a file's name has no spaces and no signs.",
    exit: EXIT.usage,
    sentence: ({ file, first }) =>
      `Its file would be ${file}, which is one of ${first}. Nothing was written.`,
    hint: () => 'Give one of them another name, or export with --hashed.',
  }),
}
