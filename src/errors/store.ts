// What can be wrong with the files that this package keeps: originals, records, takes, the spool.
import { EXIT, entry } from './entry.ts'

export interface BrokenFile {
  /** The picture's file and its record, relative to the root. */
  file: string
  record: string
  /** The picture's name; `undefined` for a take, which git does not hold. */
  name?: string
}

export const storeErrors = {
  BROKEN_ORIGINAL: entry<BrokenFile & { problem: 'absent' | 'differs' | 'unreadable'; detail?: string }>({
    meaning: 'A picture and its record disagree; nothing is paid for again by itself.',
    exit: EXIT.pictures,
    sentence: ({ file, record, problem, detail }) => {
      if (problem === 'absent') return `${file} is not there, but its record ${record} is.`
      if (problem === 'unreadable') return `${file} can't be read (${detail ?? 'no reason given'}).`
      return `${file} is not the picture that ${record} describes.`
    },
    hint: ({ file, record, name, problem }) => {
      if (problem === 'unreadable') return 'See what stands there: it must be a file that this user may read.'
      if (name === undefined) return `It is a take, which git does not hold: remove ${record} to forget it.`
      if (problem === 'absent')
        return `Bring it back with: git checkout -- ${quoted(file)}. To have it made again instead, remove ${record}.`
      return `Bring it back with: git checkout -- ${quoted(file)} ${quoted(record)}. To have it made again instead, move both away.`
    },
  }),
  LFS_POINTER: entry<{ file: string }>({
    meaning: 'A picture is a Git LFS pointer whose content was not fetched.',
    exit: EXIT.pictures,
    sentence: ({ file }) => `${file} is a Git LFS pointer; the picture itself was not fetched.`,
    hint: ({ file }) => `Run: git lfs pull --include=${quoted(file)} (in CI: check out with LFS).`,
  }),
  UNCLAIMED_FILE: entry<{ file: string; name: string }>({
    meaning: "A file that no record claims lies where a picture would be written; it isn't overwritten.",
    exit: EXIT.pictures,
    sentence: ({ file }) => `${file} is in the way: no record claims it, so it is not overwritten.`,
    hint: ({ name }) => `Move it away, or give ${name} another name.`,
  }),
  SPELLED_OTHERWISE: entry<{ there: string; renames: readonly (readonly [from: string, to: string])[] }>({
    meaning:
      'A picture is kept under a name that differs in case alone; on macOS and Windows it is the same file.',
    exit: EXIT.pictures,
    sentence: ({ there }) =>
      `There are files of "${there}" already, which would be the same ones on macOS and Windows.`,
    hint: ({ renames }) =>
      `Rename them, which costs nothing: ${renames.map(([from, to]) => `git mv ${quoted(from)} ${quoted(to)}`).join(' && ')}.`,
  }),
  LEAVES_PROJECT: entry<{ path: string; target: string }>({
    meaning:
      'A link leads out of the project where pictures or other files are kept; nothing is read or written there.',
    exit: EXIT.usage,
    sentence: ({ path, target }) => `${path} is a link that leads out of the project, to ${target}.`,
    hint: ({ path }) =>
      `Put a file or folder of the project in its place. If nobody here made it, see which commit did: git log -- ${quoted(path)}.`,
  }),
  RECORD_TOO_NEW: entry<{ file: string; version: number; known: number }>({
    meaning: 'A record was written by a newer version of this package.',
    exit: EXIT.pictures,
    sentence: ({ file, version, known }) =>
      `The record ${file} is of version ${version}; this package reads up to version ${known}.`,
    hint: () => 'Update this package: npm install -D unplugin-generate-images@latest.',
  }),
  RECORD_UNREADABLE: entry<{ file: string; problem: string }>({
    meaning: 'A record is damaged, or was edited so that it no longer fits its key.',
    exit: EXIT.pictures,
    sentence: ({ file, problem }) => `The record ${file} can't be used: ${problem}.`,
    hint: ({ file }) =>
      `Bring it back with: git checkout -- ${quoted(file)}. Where git does not hold it, move it and its picture away.`,
  }),
  SPOOL_UNREADABLE: entry<{ file: string; problem: string }>({
    meaning: 'The journal of a request that may be paid for is damaged.',
    exit: EXIT.pictures,
    sentence: ({ file, problem }) => `The journal ${file} can't be read: ${problem}.`,
    hint: () =>
      'Files of the same name beside it may hold a paid answer: move them all away together, then run again.',
  }),
  FOLDER_UNWRITABLE: entry<{ file: string; problem: string }>({
    meaning: 'A file can not be written where pictures are kept.',
    exit: EXIT.pictures,
    sentence: ({ file, problem }) => `${file} can't be written (${problem}).`,
    hint: () =>
      'Give this user the right to write there, and see that no file stands where a folder belongs.',
  }),
  ANSWER_UNWRITTEN: entry<{ problem: string; rescued: string | undefined }>({
    meaning: 'An answer that is paid for could not be written where pictures are kept.',
    exit: EXIT.pictures,
    sentence: ({ problem, rescued }) =>
      `The answer is paid for and could not be kept in its place: ${problem.replace(/\.$/, '')}. ${rescued === undefined ? 'No other place took it either; it is lost' : `It lies in ${rescued} instead`}.`,
    hint: ({ rescued }) =>
      rescued === undefined
        ? 'Mend that first. The next run says so before it asks, and pays, again.'
        : 'Mend that and leave the file where it is: the next run finishes the picture from there for free.',
  }),
  NO_SPACE: entry<{ file: string; problem: string }>({
    meaning: 'The disk, or the quota on it, is full.',
    exit: EXIT.pictures,
    sentence: ({ file, problem }) => `There is no space left to write ${file} (${problem}).`,
    hint: () => 'Make room on that disk, then run again; what was paid for and arrived is kept.',
  }),
}

/** A path as one word of a shell command. */
function quoted(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `"${path.replace(/(["\\$`])/g, '\\$1')}"`
}

/** The sentence that goes with an answer which is paid for and holds no picture. */
export const keptAside = (file: string) => `It is paid for, and its answer is kept in ${file}.`
