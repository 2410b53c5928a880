// The composition root: the one place where rooms are put together. What is heavy (the client, sharp, the emulator) is
// loaded when it is first needed.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isLoopback } from '../api/address.ts'
import { estimateUsd } from '../api/estimate.ts'
import type { Client } from '../api/index.ts'
import { findModel, MODELS } from '../api/models.ts'
import { findPrice } from '../api/prices.ts'
import { createRedactor, type Redactor } from '../api/redact.ts'
import { createScrubber } from '../api/scrub.ts'
import { keysOf, secretsOf } from '../api/secrets.ts'
import { cleanError, createError } from '../errors/index.ts'
import type { Adopted } from '../pipeline/adopt.ts'
import type { Stops } from '../pipeline/ask.ts'
import { type Collection, collect } from '../pipeline/collect.ts'
import type { OnEvent } from '../pipeline/events.ts'
import type { Run } from '../pipeline/generate.ts'
import type { GivenUp } from '../pipeline/given-up.ts'
import { createPartials, type Partials } from '../pipeline/partials.ts'
import type { Picked } from '../pipeline/pick.ts'
import { makePlan, type Plan, type PlanTools } from '../pipeline/plan.ts'
import type { Pruned, PruneOptions } from '../pipeline/prune.ts'
import type { Recovered } from '../pipeline/recover.ts'
import type { RedoReport, RedoRequest } from '../pipeline/redo.ts'
import { createRenditions, type Renditions } from '../pipeline/renditions.ts'
import type { Take } from '../pipeline/takes-of.ts'
import { encoderVersion } from '../render/encoder.ts'
import type { Renderer } from '../render/index.ts'
import { createScanner } from '../scan/index.ts'
import { createStore, type Store } from '../store/index.ts'
import { declarationsOf } from './declare.ts'
import { guardProject } from './guard.ts'
import { type Settings, selectionOf } from './settings.ts'

/** How a run is begun. */
export interface GenerateOptions extends Stops {
  readonly onEvent: OnEvent
  /** What the same run has asked for before: it counts towards the budget. */
  readonly before?: { readonly images: number; readonly usd: number }
  /** A person asked for just this: what this process asked for in vain, it asks for once more. */
  readonly anew?: boolean
}

/** A project with its settings: what the plugin, the command line and the Node API work with. */
export interface Project {
  readonly settings: Settings
  readonly store: Store
  readonly renditions: Renditions
  /** Of pictures that this process has asked for. */
  readonly partials: Partials
  /** The encoder of this machine, for the keys of renditions. */
  readonly encoder: () => string
  /** Whether pictures that the emulator drew count as kept: wherever no real API would be asked. */
  readonly acceptEmulated: boolean
  /** Scans the source files; files that did not change since are not read again. */
  collect(): Promise<Collection>
  /** The same as if files had other texts than on the disk, by their path from the root. */
  collectWith(texts: ReadonlyMap<string, string>): Promise<Collection>
  plan(
    collection: Collection,
    options?: { filter?: (name: string) => boolean; deep?: boolean },
  ): Promise<Plan>
  /** Finishes what earlier runs left. For runs that may write. */
  recover(collection: Collection, signal: AbortSignal): Promise<Recovered>
  /** Begins to ask for what the plan says. Throws NO_KEY, NO_ENCODER, OVER_BUDGET, OVER_DAY, PRICE_UNKNOWN and NO_SPACE before the first request. */
  generate(plan: Plan, options: GenerateOptions): Promise<Run>
  /** What a redo would ask for, priced; `generate` runs it too. Throws NO_SUCH_PICTURE, and what is wrong with files. */
  planRedo(collection: Collection, request: RedoRequest): Promise<Plan>
  /** Asks for new takes, whatever is kept. After `recover`, like `generate`; throws what `planRedo` and `generate` do. */
  redo(collection: Collection, options: RedoRequest & GenerateOptions): Promise<RedoReport>
  /** What there is to choose from for a name. Throws NO_SUCH_PICTURE. */
  takesOf(collection: Collection, name: string): Promise<readonly Take[]>
  /** Puts a take under a name; what lay there becomes a take. Throws NO_SUCH_TAKE, and what is wrong with the name's files. */
  pick(collection: Collection, name: string, take: number): Promise<Picked>
  /** Takes the bytes of a picture of one's own for a prompt; what lay there becomes a take. Throws what decoding throws. */
  adopt(collection: Collection, name: string, bytes: Uint8Array): Promise<Adopted>
  /** Moves what nothing asks for among the takes. Throws the mistakes of the collection, and NOT_SURE. */
  prune(collection: Collection, options?: PruneOptions): Promise<Pruned>
  /** Throws what `generate` would stop with before the first request: OVER_BUDGET, OVER_DAY, PRICE_UNKNOWN. */
  holdBudget(plan: Plan): Promise<void>
  /** Writes `generate-images.d.ts`, where its text changed and the settings want it. Throws LEAVES_PROJECT. */
  writeTypes(collection: Collection): Promise<void>
  /** Trims and saves the caches, so that the next run need not look at everything again. */
  save(): Promise<void>
  /** Saves, and ends what runs: the emulator, the client. */
  close(): Promise<void>
}

/** Puts a project together. Touches neither disk nor network until it is used. No error of it holds a key. */
export function createProject(settings: Settings): Project {
  const redact = createRedactor(keysOf(settings.provider))
  try {
    return guardProject(assemble(settings, redact), redact.text)
  } catch (error) {
    throw cleanError(error, redact.text)
  }
}

function assemble(settings: Settings, redact: Redactor): Project {
  const { root, folder, cacheDir, provider } = settings
  const store = createStore({ root, folder, cacheDir, rescueDir: join(tmpdir(), 'unplugin-generate-images') })
  const models = findModel(settings.models)
  const prices = findPrice(settings.prices)
  const context = {
    builtin: settings.builtin,
    findModel: models,
    modelNames: [...Object.keys(settings.models), ...Object.keys(MODELS)],
  }
  const scannerOptions = {
    root,
    ...selectionOf(settings),
    alias: settings.alias,
    defaults: settings.defaults,
    styles: settings.styles,
  }
  const scanner = createScanner(scannerOptions)
  const render = once(() => import('../render/index.ts'))
  const renderer = once(async (): Promise<Renderer> => (await render()).createRenderer())
  const loadDecoder = async () => void (await (await render()).loadSharp())
  let encoderFound: string | undefined
  const encoder = () => {
    encoderFound ??= encoderVersion()
    return encoderFound
  }
  const emulator = once(async () => (await (await import('../emulator/index.ts')).startEmulator()).unref())
  const client = once(async (): Promise<Client> => {
    const { createClient } = await import('../api/client.ts')
    const { kind, apiKey, baseURL, partialImages: _, ...options } = provider
    const address = kind === 'emulator' ? (await emulator()).baseURL : baseURL
    // Without a key nothing is asked for; what is paid for is fetched from its link without one.
    return createClient({ ...options, baseURL: address, apiKey: apiKey ?? 'unset', findModel: models })
  })
  const now = () => new Date()
  const settling = {
    now,
    scrub: createScrubber(secretsOf(provider)),
    redact,
    store,
    prices,
    inspect: async (bytes: Uint8Array) => (await render()).inspectOriginal(bytes),
    fetchPicture: async (...args: Parameters<Client['fetchPicture']>) =>
      (await client()).fetchPicture(...args),
  }
  const givenUp: GivenUp = new Map()
  const partials = createPartials(provider.partialImages ?? 0)
  const money = { ...settling, owner: randomUUID() }
  const acceptEmulated =
    provider.kind === 'emulator' ||
    provider.apiKey === undefined ||
    isLoopback(new URL(provider.baseURL).hostname)

  const streamed = (model: string) => (models(model)?.stream === true ? partials.wanted : 0)
  const planning: PlanTools = {
    store,
    estimate: (body) => estimateUsd({ body, partialImages: streamed(body.model) }, prices)?.usd,
    acceptEmulated,
  }

  return {
    settings,
    store,
    partials,
    renditions: createRenditions({ store, renderer }),
    acceptEmulated,
    encoder,
    collect: async () => collect(await scanner.scan(), context),
    async collectWith(texts) {
      const byPath = new Map([...texts].map(([file, text]) => [join(root, file), Buffer.from(text)]))
      const read = (path: string) => byPath.get(path) ?? readFileSync(path)
      return collect(await createScanner({ ...scannerOptions, readFile: read }).scan(), context)
    },
    plan: (collection, options = {}) => makePlan(collection, { ...planning, ...options }),
    async recover(collection, signal) {
      const { recover } = await import('../pipeline/recover.ts')
      await store.prepare()
      return recover(collection, settling, signal)
    },
    async generate(plan, { before = { images: 0, usd: 0 }, anew = false, ...options }) {
      const { images } = plan.totals
      if (images > 0 && provider.apiKey === undefined)
        throw createError('NO_KEY', { pictures: images, host: new URL(provider.baseURL).hostname })
      if (anew) for (const { how, key } of plan.images) if (how === 'ask') givenUp.delete(key)
      const { images: most, usd, perDay } = settings.budget
      const limits = { images: most - before.images, usd: usd - before.usd, perDay }
      const tools = { ...money, acceptEmulated, client, newId: randomUUID, loadDecoder, givenUp, partials }
      const { generate } = await import('../pipeline/generate.ts')
      return generate(plan, tools, { limits, ...options })
    },
    async planRedo(collection, request) {
      const { planRedo } = await import('../pipeline/redo.ts')
      return planRedo(collection, request, planning)
    },
    async redo(collection, { names, n, onEvent, ...options }) {
      const { planRedo, runRedo } = await import('../pipeline/redo.ts')
      const plan = await planRedo(collection, { names, n }, planning)
      const run: Parameters<typeof runRedo>[1] = async (told) =>
        (await this.generate(plan, { ...options, onEvent: told })).done
      return runRedo(collection, run, onEvent, planning)
    },
    async takesOf(collection, name) {
      const { takesOf } = await import('../pipeline/takes-of.ts')
      return takesOf(collection, name, planning)
    },
    async pick(collection, name, take) {
      const { pick } = await import('../pipeline/pick.ts')
      await store.prepare()
      return pick(collection, name, take, planning)
    },
    async adopt(collection, name, bytes) {
      const { adopt } = await import('../pipeline/adopt.ts')
      await store.prepare()
      return adopt(collection, name, bytes, { ...planning, ...settling })
    },
    async prune(collection, options = {}) {
      const { prune } = await import('../pipeline/prune.ts')
      if (options.dryRun !== true) await store.prepare()
      return prune(collection, options, planning)
    },
    async holdBudget(plan) {
      const { holdBudget, lookAround } = await import('../pipeline/budget.ts')
      holdBudget(plan, settings.budget, await lookAround(plan, money))
    },
    async writeTypes(collection) {
      if (settings.types === undefined) return
      const text = declarationsOf(collection)
      store.fence.forget()
      await store.fence.stat(settings.types)
      if ((await readFile(settings.types, 'utf8').catch(() => undefined)) === text) return
      await mkdir(dirname(settings.types), { recursive: true })
      await writeFile(settings.types, text)
    },
    async save() {
      await store.renditions.save()
      await store.memo.save()
      await store.records.save()
    },
    async close() {
      await this.save()
      // One that could not be started has told why already.
      const nothing = () => {}
      if (client.started) await client().then((one) => one.close(), nothing)
      if (emulator.started) await emulator().then((one) => one.close(), nothing)
    },
  }
}

/** A value that is made when it is first asked for, and once. */
function once<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly started: boolean } {
  let made: Promise<T> | undefined
  const get = () => {
    made ??= make()
    return made
  }
  return Object.defineProperty(get, 'started', { get: () => made !== undefined }) as (() => Promise<T>) & {
    readonly started: boolean
  }
}
