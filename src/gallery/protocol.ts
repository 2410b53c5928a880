// What the gallery's page and its server say to each other: addresses, answers, the bodies of calls, events. The page
// imports this file too, so it imports nothing but types and says nothing that only one side knows.
//
// Every address is relative to the page's own, `<base>__generate-images/`, which is served with the slash at its end.
// Reads are GETs that change nothing. Everything else is a POST of JSON (an adopted picture: of its bytes) with the token,
// which stands in the page's own HTML and nowhere else: `<meta name="generate-images-token" content="%TOKEN%">`, where the
// server puts it in the place of `%TOKEN%`.
import type { Agreed, Offer, RunState } from './answers.ts'
import type { EditableField, EditableFields, PictureDetails } from './picture-answers.ts'

export type * from './answers.ts'
export type * from './picture-answers.ts'
export type * from './sheet/data.ts'

/** Where the gallery lives, below the base of a dev server, or the root of its own. */
export const GALLERY_PATH = '__generate-images/'

/** The name of the `<meta>` that holds the token, and what stands in the file in place of it. */
export const TOKEN_META = 'generate-images-token'
export const TOKEN_MARK = '%TOKEN%'
/** The header that brings it with each POST. */
export const TOKEN_HEADER = 'x-generate-images-token'

/** Most bytes of an adopted picture, and of the JSON of any other call. */
export const ADOPT_BYTES_MAX = 50 * 1024 * 1024
export const CALL_BYTES_MAX = 1024 * 1024
/** Most takes that one call asks for. */
export const TAKES_MAX = 10

/** The addresses of reads. Pictures have theirs in the answers. */
export const READS = {
  /** `Listing`. */
  list: 'api/list',
  /** `?name=…`: `PictureDetails`. */
  picture: 'api/picture',
  /** An event stream (`EventSource`) of `GalleryEvent`s, each the JSON of one message's data. */
  events: 'api/events',
} as const

/** The addresses of calls (POST), each with its body and its answer in `Calls`. */
export const CALLS = {
  /** What making would come to, for the question. Spends nothing. */
  offer: 'api/offer',
  /** Makes what was offered. */
  make: 'api/make',
  /** Asks for more takes of one picture. */
  redo: 'api/redo',
  /** Ends a run: what is under way is waited for, because it is paid for. */
  stop: 'api/stop',
  /** Puts a take in the picture's place. */
  pick: 'api/pick',
  /** `?name=…`: the body is the picture, its content type image/png, image/jpeg or image/webp. */
  adopt: 'api/adopt',
  /** Writes fields of a picture back to where it is asked for. */
  edit: 'api/edit',
  /** Takes away pictures that nothing asks for: paid ones are kept among the takes of their prompt. */
  prune: 'api/prune',
} as const
export type CallName = keyof typeof CALLS

/** The bodies and answers of calls. Any call may be answered with a `Refusal` instead, and a status of 400 or more. */
export interface Calls {
  readonly offer: { readonly body: OfferBody; readonly answer: Offer }
  readonly make: { readonly body: MakeBody; readonly answer: RunState }
  readonly redo: { readonly body: RedoBody; readonly answer: RunState }
  readonly stop: { readonly body: StopBody; readonly answer: RunState }
  readonly pick: { readonly body: PickBody; readonly answer: PictureDetails }
  readonly adopt: { readonly body: Blob; readonly answer: PictureDetails }
  readonly edit: { readonly body: EditBody; readonly answer: PictureDetails }
  readonly prune: { readonly body: PruneBody; readonly answer: { readonly deleted: readonly string[] } }
}

/** All that is missing or stale, or so many takes of one picture. */
export type OfferBody =
  | { readonly what: 'make' /** Unset: all. */; readonly names?: readonly string[] }
  | { readonly what: 'redo'; readonly name: string; readonly n: number }
export interface MakeBody {
  readonly names?: readonly string[]
  readonly agreed: Agreed
}
export interface RedoBody {
  readonly name: string
  /** 1 to `TAKES_MAX`. */
  readonly n: number
  readonly agreed: Agreed
}
export interface StopBody {
  readonly run: string
}
export interface PickBody {
  readonly name: string
  readonly key: string
  readonly take: number
}
export interface EditBody {
  readonly name: string
  /** `Editing.stamp` of what the person has seen. */
  readonly stamp: string
  /** The fields to change: a value, or `null` to take the field out. */
  readonly fields: { readonly [F in EditableField]?: EditableFields[F] | null }
}
export interface PruneBody {
  readonly names: readonly string[]
}
