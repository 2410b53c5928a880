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
  /** The files (absolute) that decide over all pictures: the manifests, and the configuration file. */
  decidedBy(): readonly string[]
  /** What a specifier gives. Throws every mistake of the project, so that they are seen at once. */
  find(written: string, importer: string): Use
  /** The original of a picture, as the mode says: waited for, an error, or a draft. */
  original(used: UsedPicture): Promise<FoundOriginal>
  /** Ends when nothing is under way that is paid for; how the runs ended. */
  settled(): Promise<readonly RunReport[]>
}

export function createSession(project: Project, report: Reporter): Session {
  const { mode, modeReason, stale, use } = project.settings
  let collection: Collection | undefined
  const runs: Run[] = []
  const asked = { images: 0, usd: 0 }

  const ask = async (plan: Plan): Promise<void> => {
    report.asking(plan)
    runs.push(
      await project.generate(plan, { soon: never, now: never, onEvent: report.event, before: { ...asked } }),
    )
    asked.images += plan.totals.images
    asked.usd += plan.totals.estimateUsd
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
    if (mode === 'generate') report.recovered(await project.recover(collection, never))
    const plan = await project.plan(collection)
    if (mode === 'draft') report.drafts(plan)
    if (mode === 'frozen') throwAll(frozenErrors(plan))
    if (mode === 'generate') await ask(plan)
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
    for (const run of runs) await run.of(name)
    const { acceptEmulated } = project
    const found = await project.store.originals.inspect(name, spec.key, { acceptEmulated })
    if (found.state === 'broken') throw found.problem
    const shown = found.state === 'kept' || (found.state === 'stale' && mode !== 'generate')
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
      const manifests = collection?.manifests.map((file) => join(project.settings.root, file)) ?? []
      const { configFile } = project.settings
      return configFile === undefined ? manifests : [...manifests, configFile]
    },
    find(written, importer) {
      if (collection === undefined) throw new Error('find() before begin()')
      throwAll(collection.errors)
      return collection.find(written, importer)
    },
    async original({ picture }) {
      const found = await inspect(picture)
      // A dev server answers anyone who knows an address: what it asks for, it asks for when a file is saved.
      const draws = use === 'dev' || mode === 'draft'
      if (found.holding !== undefined || draws) return found
      if (mode === 'generate') return askLate(picture)
      const { name, places } = picture
      throw createError('MISSING', { state: 'missing', why: modeReason }, { picture: name, places })
    },
    settled: () => Promise.all(runs.map((run) => run.done)),
  }
}

// A bundler has no way to stop a run but to end the process, after which the spool knows what was under way.
const never = new AbortController().signal
