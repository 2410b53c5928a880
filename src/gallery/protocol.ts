// What the gallery's page and its server say to each other: addresses, answers, the bodies of calls, events. The page
// imports this file too, so it imports nothing but types and says nothing that only one side knows.
//
// Every address is relative to the page's own, `<base>__generate-images/`, which is served with the slash at its end.
// Reads are GETs that change nothing. Everything else is a POST of JSON (an adopted picture: of its bytes) with the token,
// which stands in the page's own HTML and nowhere else: `<meta name="generate-images-token" content="%TOKEN%">`, where the
// server puts it in the place of `%TOKEN%`.
import type { Format } from '../spec/specs.ts'

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
/** What the person has seen and said yes to. Where it is not what is offered any more, the call is refused with OFFER_CHANGED. */
export interface Agreed {
  /** The key of each request to be sent, sorted; of several takes once. */
  readonly keys: readonly string[]
  readonly images: number
  readonly usd: number
}
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

/** Fields that can be edited, in the form of the page. */
export interface EditableFields {
  /** Without the style. A list of lines in the manifest is shown as lines here, and stays a list there. */
  readonly prompt: string
  readonly style: readonly string[]
  readonly size: string
  readonly quality: string
  readonly alt: string
  readonly decorative: boolean
}
export type EditableField = keyof EditableFields

/** A place in a file of the project, from the root; `line` and `column` count from 1. */
export interface PlaceInFile {
  readonly file: string
  readonly line: number | null
  readonly column: number | null
  /** An address (relative to the page) whose GET opens the place in the person's editor; `null` where there is none. */
  readonly open: string | null
}

/** Something that is wrong, or worth knowing, as sentences to show. */
export interface Problem {
  /** See "Error codes" of the README; `OFFER_CHANGED`, `FILE_CHANGED` and `NOT_ALLOWED` among them. */
  readonly code: string
  readonly sentence: string
  readonly hint: string
  readonly picture: string | null
  readonly places: readonly PlaceInFile[]
}

/** Why a call, or a read, gave nothing. Nothing was written and nothing spent, unless the sentence says otherwise. */
export interface Refusal {
  readonly problem: Problem
  /** Every other mistake, where there are several. */
  readonly more: readonly Problem[]
  /** With OFFER_CHANGED: what is offered instead. */
  readonly offer?: Offer
}

export type PictureState = 'kept' | 'stale' | 'missing' | 'broken' | 'orphaned'

/** The bytes of a picture. Addresses are relative to the page and change with the bytes: they may be cached for ever. */
export interface PictureFile {
  readonly width: number
  readonly height: number
  readonly type: 'png' | 'jpeg' | 'webp'
  readonly bytes: number
  /** The original, byte for byte. */
  readonly src: string
  /** A webp of at most 480 pixels on its longer edge. */
  readonly thumbnail: string
}

/** What a picture cost. */
export interface PictureCost {
  /** `null` where it is not known. */
  readonly usd: number | null
  /** What the number rests on: `usage`, `table`, … */
  readonly basis: string
}

/** A picture as a card. */
export interface PictureCard {
  /** From the root, without an extension: `src/blog/hero`. */
  readonly name: string
  readonly state: PictureState
  /** What a run would do: nothing to do, ask (and pay), copy it from the same request, finish what is paid for, or can't. */
  readonly how: 'there' | 'ask' | 'copy' | 'finish' | 'nothing'
  readonly key: string
  readonly model: string
  /** As it is sent; `null` where none is. */
  readonly size: string | null
  readonly quality: string | null
  /** The ratio in which it will be shown; for pictures that are not there yet, as assumed. Pixels. */
  readonly frame: { readonly width: number; readonly height: number }
  /** The prompt as it is sent, styles and all. Of an orphan, as it was. */
  readonly prompt: string
  /** `''`: decorative. `null`: nobody wrote one. */
  readonly alt: string | null
  /** What asking for it costs; 0 where it is not asked for, `null` where the price is not known. */
  readonly estimateUsd: number | null
  /** What is there; of a stale one the old picture. */
  readonly file: PictureFile | null
  readonly cost: PictureCost | null
  /** ISO 8601, UTC. */
  readonly generatedAt: string | null
  /** Where it comes from: paid for, drawn by the emulator, or somebody's own. */
  readonly origin: 'api' | 'emulator' | 'adopted' | null
  /** How many files and lines use it; its own entry does not count. */
  readonly uses: number
  /** Those files, its manifest or source too. */
  readonly files: readonly string[]
  /** Why it is broken, or can't be made. */
  readonly problem: Problem | null
}

/** Every picture, by name, and what is true of all. */
export interface Listing {
  /** Goes up with each change that this server saw. */
  readonly version: number
  readonly pictures: readonly PictureCard[]
  readonly totals: {
    readonly kept: number
    readonly stale: number
    readonly missing: number
    readonly broken: number
    readonly orphaned: number
    /** How many would be asked for, and what those cost together. */
    readonly images: number
    readonly estimateUsd: number
    /** Of all pictures that are there. */
    readonly bytes: number
    readonly spentUsd: number
  }
  /** What may still be spent; `null` is no limit. */
  readonly budget: {
    readonly run: { readonly images: number | null; readonly usd: number | null }
    readonly day: { readonly images: number | null; readonly usd: number | null }
  }
  readonly provider: {
    /** The host that is asked. */
    readonly host: string
    readonly emulator: boolean
    /** Whether a key is set. */
    readonly keySet: boolean
  }
  /** Why this server can't make pictures; `null` where it can. */
  readonly cannotSpend: Problem | null
  /** Mistakes in manifests and imports. While there are some, nothing can be made. */
  readonly mistakes: readonly Problem[]
  readonly warnings: readonly Problem[]
  readonly runs: readonly RunState[]
  /** The last part of the root's path, as the project's name. */
  readonly project: string
}

/** One of the pictures that were made for a request. */
export interface Take {
  readonly take: number
  readonly key: string
  readonly file: PictureFile
  readonly cost: PictureCost
  readonly generatedAt: string
  readonly origin: 'api' | 'emulator' | 'adopted'
  /** Whether this is what stands in the picture's place. */
  readonly current: boolean
}

/** A file of the output. */
export interface RenditionFile {
  readonly format: Format
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** `null`: it is not made yet. */
  readonly bytes: number | null
}

/** One import, or other mention, of a picture. */
export interface PictureUse {
  readonly place: PlaceInFile
  /** The specifier as it stands there. */
  readonly written: string
  readonly as: string
  readonly renditions: readonly RenditionFile[]
}

/** What the person wrote, and where an edit would go. */
export interface Editing {
  /** Where it is asked for. */
  readonly at: PlaceInFile
  readonly in: 'manifest' | 'source'
  /** Changes with the file: the edit of a file that has changed since is refused with FILE_CHANGED. */
  readonly stamp: string
  /** The fields as written there; those that are not are missing here. */
  readonly fields: Partial<EditableFields>
  /** What holds for the fields that are not written there. */
  readonly inherited: Partial<EditableFields>
  /** What may be chosen; empty: anything that the field takes. */
  readonly styles: readonly string[]
  readonly qualities: readonly string[]
  /** Sentences about each field: what may be written. */
  readonly allowed: Readonly<Record<EditableField, string>>
}

/** Everything about one picture. */
export interface PictureDetails extends PictureCard {
  /** Of a stale picture: the prompt and the other fields that made the old one. */
  readonly before: {
    readonly prompt: string
    readonly model: string
    readonly size: string | null
    readonly quality: string | null
  } | null
  /** What the API made of the prompt, where it says so. */
  readonly revisedPrompt: string | null
  /** The host that made it. */
  readonly madeBy: string | null
  /**
   * All that are kept of this request, by number, the current one too. The old picture of a stale name comes first, and
   * can't be picked: its `key` is another.
   */
  readonly takes: readonly Take[]
  readonly usedIn: readonly PictureUse[]
  /** A line to copy into a module; `null` for orphans. */
  readonly importLine: string | null
  /** `null` where it can't be edited; `cannotEdit` says why. */
  readonly editing: Editing | null
  readonly cannotEdit: string | null
}

/** What making would come to. */
export interface Offer {
  readonly what: 'make' | 'redo'
  readonly pictures: readonly {
    readonly name: string
    readonly key: string
    readonly state: PictureState
    readonly how: 'ask' | 'copy' | 'finish'
    /** How many are asked for: 0 for what is copied or finished for free. */
    readonly images: number
    readonly usd: number | null
  }[]
  /** To be sent back as it stands. */
  readonly agreed: Agreed
  /** Sentences that belong to the question: prices that are not known, requests that may have been paid for before. */
  readonly notes: readonly string[]
  /** Why it can't be made: no key, over the budget, mistakes in a manifest. */
  readonly problem: Problem | null
}

/** A run that goes on, or has ended. */
export interface RunState {
  readonly id: string
  readonly what: 'make' | 'redo'
  readonly state: 'running' | 'stopping' | 'ended'
  readonly names: readonly string[]
  /** How many were to be asked for, and how many of them are kept or have failed. */
  readonly images: number
  readonly finished: number
  readonly made: readonly string[]
  readonly failed: readonly { readonly name: string; readonly problem: Problem }[]
  readonly spentUsd: number
  /** The last sentence about what it waits for. */
  readonly waiting: string | null
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number | null
  /** Why it ended early as a whole. */
  readonly problem: Problem | null
}

/** What the event stream says. */
export type GalleryEvent =
  /** First, and whenever pictures or what asks for them has changed: read the list again. */
  { readonly type: 'changed'; readonly version: number } | { readonly type: 'run'; readonly run: RunState }

/**
 * What a sheet for reviews is made of: `sheetOf(data): string` of `sheet/sheet.ts` makes one HTML file of it that needs
 * nothing else. Previews are data addresses.
 */
export interface SheetData {
  readonly project: string
  /** ISO 8601, UTC. */
  readonly madeAt: string
  readonly totals: Listing['totals']
  readonly mistakes: readonly Problem[]
  readonly pictures: readonly SheetPicture[]
  /** What `before` was compared with: a commit, as git names it; `null` where there is no git. */
  readonly comparedWith: string | null
}

/** One picture of a sheet; its `file` has no address that leads anywhere. */
export interface SheetPicture extends Omit<PictureCard, 'file'> {
  readonly file: Omit<PictureFile, 'src' | 'thumbnail'> | null
  /** A small webp; `null` where there is no picture. */
  readonly preview: string | null
  readonly usedIn: readonly PlaceInFile[]
  /** Whether the commit has no picture of this name. */
  readonly isNew: boolean
  /** What the commit has under this name, where it is another picture, or another prompt. */
  readonly before: {
    readonly preview: string | null
    readonly prompt: string
    readonly model: string
    readonly size: string | null
    readonly quality: string | null
    readonly cost: PictureCost | null
    readonly generatedAt: string | null
  } | null
}
