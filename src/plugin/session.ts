// One build, or one dev server: what it asks for, what it has, what it waits for.
import { join } from 'node:path'
import type { Project } from '../config/project.ts'
import { createError, type GenerateImagesError, throwAll } from '../errors/index.ts'
import type { Collection, Use, UsedPicture } from '../pipeline/collect.ts'
import type { RunReport } from '../pipeline/events.ts'
import type { Run } from '../pipeline/generate.ts'
import type { Plan } from '../pipeline/plan.ts'
import type { Picture } from '../spec/specs.ts'
import type { FoundOriginal } from './module.ts'
import type { Reporter } from './report.ts'

/** The state of one build or dev server. */
export interface Session {
  /** Scans the project, says what is wrong with it, and begins to ask for what is missing where the mode allows. */
  begin(): Promise<void>
  /** The files (absolute) that decide over all pictures: the manifests, what they read rows from, and the configuration file. */
  decidedBy(): readonly string[]
  /** Every specifier that was found in a source file. */
  uses(): Collection['uses']
  /** What a specifier gives. Throws every mistake of the project, so that they are seen at once. */
  find(written: string, importer: string): Use
  /** The original of a picture, as the mode says: waited for, an error, or a draft. */
  original(used: UsedPicture): Promise<FoundOriginal>
  /** Whether the project has mistakes, so that nothing of it is shown or made. */
  mistakes(): readonly GenerateImagesError[]
  /** What is missing, and what it would cost. Throws the mistakes of the project. */
  plan(): Promise<Plan>
  /** Makes what is missing or stale at a person's word, whatever the mode says of what happens by itself. */
  make(): Promise<RunReport>
  /** Ends when nothing is under way that is paid for; how the runs ended. */
  settled(): Promise<readonly RunReport[]>
}

/**
 * A session. `isLive`: what it shows follows what happens, so nothing is waited for, and `begin` may be called again while
 * pictures are made.
 */
export function createSession(project: Project, report: Reporter, { isLive }: { isLive: boolean }): Session {
  const { mode, modeReason, stale, use } = project.settings
  let collection: Collection | undefined
  const runs: Run[] = []
  const asked = { images: 0, usd: 0 }
  // Runs of a live session: one after another, so that each finds what the one before has made.
  let turns: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = turns.then(work)
    turns = turn.catch(() => undefined)
    return turn
  }

  const run = async (plan: Plan, before?: typeof asked): Promise<Run> => {
    report.asking(plan)
    const begun = await project.generate(plan, {
      ...{ soon: never, now: never, onEvent: report.event },
      ...(before === undefined ? {} : { before: { ...before } }),
    })
    runs.push(begun)
    return begun
  }
  const ask = async (plan: Plan): Promise<Run> => {
    const begun = await run(plan, asked)
    asked.images += plan.totals.images
    asked.usd += plan.totals.estimateUsd
    return begun
  }
  const recoverAndPlan = async (of: Collection): Promise<Plan> => {
    report.recovered(await project.recover(of, never))
    return project.plan(of)
  }
  const sound = (): Collection => {
    if (collection === undefined) throw new Error('no session has begun')
    throwAll(collection.errors)
    return collection
  }

  const begin = async () => {
    collection = await project.collect()
    report.warn(collection.warnings)
    if (collection.errors.length > 0) {
      // A dev server starts all the same: the page shows the mistakes, and they can be mended.
      if (use === 'dev') return
      throwAll(collection.errors)
    }
    await project.writeTypes(collection)
    if (isLive && mode === 'generate') {
      inTurn(async () => (await ask(await recoverAndPlan(sound()))).done).catch(report.failed)
      return
    }
    // What is missing is told when there is an address to tell.
    if (isLive && mode === 'draft') return
    if (mode === 'generate') return void (await ask(await recoverAndPlan(collection)))
    const plan = await project.plan(collection)
    if (mode === 'draft') report.drafts(plan)
    if (mode === 'frozen') throwAll(frozenErrors(plan))
  }

  // What a frozen build can't go on with. A stale picture is still a picture.
  const frozenErrors = (plan: Plan): GenerateImagesError[] =>
    plan.images.flatMap(({ state, name, usedIn, problem }): GenerateImagesError[] => {
      if (state === 'broken') return [problem!]
      if (state !== 'missing' && state !== 'stale') return []
      const error = createError('MISSING', { state, why: modeReason }, { picture: name, places: usedIn })
      if (state === 'missing' || stale === 'error') return [error]
      report.warn([error])
      return []
    })

  const inspect = async ({ name, spec }: Picture): Promise<FoundOriginal> => {
    if (!isLive) for (const run of runs) await run.of(name)
    const { acceptEmulated } = project
    const found = await project.store.originals.inspect(name, spec.key, { acceptEmulated })
    if (found.state === 'broken' && !(isLive && mode !== 'frozen')) throw found.problem
    if (found.state === 'broken') {
      report.warn([found.problem])
      return { state: 'missing', holding: undefined, problem: found.problem }
    }
    const shown = found.state === 'kept' || (found.state === 'stale' && (isLive || mode !== 'generate'))
    return shown ? { state: found.state, holding: found } : { state: 'missing', holding: undefined }
  }

  // A picture that no scan has seen, for a module that another plugin made: asked for within the same budget.
  const askLate = async (picture: Picture): Promise<FoundOriginal> => {
    await ask(await project.plan(collection!, { filter: (name) => name === picture.name }))
    return inspect(picture)
  }

  return {
    begin,
    decidedBy() {
      const { manifests: own = [], data = [] } = collection ?? {}
      const manifests = [...own, ...data].map((file) => join(project.settings.root, file))
      const { configFile } = project.settings
      return configFile === undefined ? manifests : [...manifests, configFile]
    },
    uses: () => sound().uses,
    find: (written, importer) => sound().find(written, importer),
    mistakes: () => collection?.errors ?? [],
    plan: async () => project.plan(sound()),
    make: () => inTurn(async () => (await run(await recoverAndPlan(sound()))).done),
    async original({ picture }) {
      const found = await inspect(picture)
      // A dev server answers anyone who knows an address: what it asks for, it asks for when a file is saved.
      const draws = use === 'dev' || mode === 'draft'
      if (found.holding !== undefined || draws) return found
      if (mode === 'generate') return askLate(picture)
      const { name, places } = picture
      throw createError('MISSING', { state: 'missing', why: modeReason }, { picture: name, places })
    },
    async settled() {
      await turns
      return Promise.all(runs.map((begun) => begun.done))
    },
  }
}

// A bundler has no way to stop a run but to end the process, after which the spool knows what was under way.
const never = new AbortController().signal
