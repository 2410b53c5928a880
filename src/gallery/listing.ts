// The list of all pictures, with what is true of all of them.
import { basename } from 'node:path'
import type { Project } from '../config/project.ts'
import { createError, type GenerateImagesError } from '../errors/index.ts'
import { lookAround } from '../pipeline/budget.ts'
import type { Collection } from '../pipeline/collect.ts'
import { type Plan, summarise } from '../pipeline/plan.ts'
import type { Holding } from '../store/index.ts'
import { type CardTools, cardOf, countUses } from './card.ts'
import type { Pictures } from './pictures.ts'
import { type OpenAddress, problemOf, problemsOf } from './problem.ts'
import type { Listing, RunState } from './protocol.ts'

/** What a list is made of. */
export interface ListingTools {
  readonly project: Project
  readonly pictures: Pictures
  readonly open: OpenAddress
}

/** What lies under each name: by its record, not looked at. */
export async function holdingsOf({ store }: Project): Promise<Map<string, Holding>> {
  const listed = await store.originals.list()
  return new Map(
    listed.flatMap(({ name, record }) =>
      record === undefined
        ? []
        : [[name, { record, file: store.layout.picture(name, record.original.type) }]],
    ),
  )
}

/** The tools for the cards of a collection. */
export async function cardTools(
  collection: Collection,
  { project, pictures, open }: ListingTools,
): Promise<CardTools> {
  return { pictures, open, uses: countUses(collection), holdings: await holdingsOf(project) }
}

/** The list. `version` and `runs` are the server's. */
export async function listingOf(
  collection: Collection,
  plan: Plan,
  tools: ListingTools,
  { version, runs }: { readonly version: number; readonly runs: readonly RunState[] },
): Promise<Listing> {
  const { project, open } = tools
  const { settings } = project
  const forCards = await cardTools(collection, tools)
  const pictures = plan.images.map((image) => cardOf(image, forCards))
  const paid = pictures.flatMap(({ cost, origin }) => (origin === 'api' ? (cost?.usd ?? 0) : []))
  const cannot = whyFrozen(project)
  return {
    version,
    pictures,
    totals: {
      ...plan.totals,
      bytes: pictures.reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0),
      spentUsd: paid.reduce((sum, usd) => sum + usd, 0),
    },
    budget: await budgetOf(project),
    provider: {
      host: settings.provider.kind === 'emulator' ? 'emulator' : new URL(settings.provider.baseURL).host,
      emulator: settings.provider.kind === 'emulator',
      keySet: settings.provider.apiKey !== undefined,
    },
    cannotSpend: cannot === undefined ? null : problemOf(cannot, open),
    mistakes: problemsOf(collection.errors, open),
    warnings: problemsOf(collection.warnings, open),
    runs,
    project: basename(settings.root),
  }
}

/** Why no picture of this project is made or changed, whatever it is. */
export function whyFrozen({ settings }: Project): GenerateImagesError | undefined {
  if (settings.mode !== 'frozen') return undefined
  return createError('MODE_FORBIDS', { what: 'No picture is made or changed', why: settings.modeReason })
}

async function budgetOf({ settings: { budget }, store }: Project): Promise<Listing['budget']> {
  const nothing = summarise([])
  const { day } = await lookAround(nothing, { store, now: () => new Date(), owner: '' })
  return {
    run: { images: limitOf(budget.images), usd: limitOf(budget.usd) },
    day: {
      images: limitOf(budget.perDay.images - day.images),
      usd: limitOf(budget.perDay.usd - day.usd),
    },
  }
}

const limitOf = (value: number) => (value === Number.POSITIVE_INFINITY ? null : Math.max(0, value))
