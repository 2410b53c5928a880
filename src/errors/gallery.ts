// What the gallery refuses, and what keeps an edit from being written back.
import { EXIT, entry } from './entry.ts'

export const galleryErrors = {
  NOT_ALLOWED: entry<{ why: string }>({
    meaning: 'A request to the gallery that its own page would not send; nothing was done.',
    exit: EXIT.usage,
    sentence: ({ why }) => `The gallery does not answer this request: ${why}.`,
    hint: () => 'Open the gallery by the address that its server printed, and reload the page.',
  }),
  OFFER_CHANGED: entry<Record<string, never>>({
    meaning: 'What is to be made has changed since a person said yes to it; nothing was sent.',
    exit: EXIT.pictures,
    sentence: () => 'What would be made has changed since you were asked. Nothing was sent.',
    hint: () => 'Look at the new number and price, and say yes again.',
  }),
  NO_SUCH_RUN: entry<Record<string, never>>({
    meaning: 'A run of the gallery that has ended, or never was.',
    exit: EXIT.usage,
    sentence: () => 'There is no such run under way.',
    hint: () => 'Reload the page.',
  }),
  FILE_CHANGED: entry<{ file: string }>({
    meaning: 'A file was changed after the gallery had shown what stands in it; the edit was not written.',
    exit: EXIT.usage,
    sentence: ({ file }) => `${file} has changed since it was shown. Nothing was written.`,
    hint: () => 'Look at what it says by this time, and edit that.',
  }),
  EDIT_FAILED: entry<{ file: string; why: string }>({
    meaning: 'An edit that can not be written back without changing something else; nothing was written.',
    exit: EXIT.usage,
    sentence: ({ file, why }) => `The edit can't be written into ${file}: ${why}. Nothing was written.`,
    hint: ({ file }) => `Edit ${file} by hand.`,
  }),
}
