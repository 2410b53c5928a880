// The catalogue of errors, one file a subject. How to write a row: say what happened and with which value, never what
// the code did; the hint is one step that a person can take now.
import { apiErrors } from './api.ts'
import { type Entry, EXIT, entry } from './entry.ts'
import { exportErrors } from './export.ts'
import { galleryErrors } from './gallery.ts'
import { renderErrors } from './render.ts'
import { requestErrors } from './requests.ts'
import { runErrors } from './run.ts'
import { scanErrors } from './scan.ts'
import { storeErrors } from './store.ts'

export const catalogue = {
  SEVERAL: entry<Record<string, never>>({
    meaning: 'Several errors at once; each is in `errors`.',
    exit: EXIT.pictures,
    sentence: () => 'Several errors.',
    hint: () => '',
  }),
  ...requestErrors,
  ...scanErrors,
  ...runErrors,
  ...apiErrors,
  ...storeErrors,
  ...renderErrors,
  ...galleryErrors,
  ...exportErrors,
}

/** The stable codes. */
export type ErrorCode = keyof typeof catalogue

/** The parameters of a code's sentence and hint. */
export type ErrorParams<C extends ErrorCode> = (typeof catalogue)[C] extends Entry<infer P> ? P : never
