// What the gallery's server answers: pictures, offers, runs and events, as the page is told of them.
import type { Plan } from '../pipeline/plan.ts'

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
  readonly totals: Plan['totals'] & {
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

/** What the person has seen and said yes to. Where it is not what is offered any more, the call is refused with OFFER_CHANGED. */
export interface Agreed {
  /** The key of each request to be sent, sorted; of several takes once. */
  readonly keys: readonly string[]
  readonly images: number
  readonly usd: number
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
