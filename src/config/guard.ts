import { type Clean, cleanError } from '../errors/index.ts'
import type { Project } from './project.ts'

/** Work whose errors are cleaned before anybody sees them. */
function guarded<A extends readonly unknown[], T>(
  work: (...args: A) => Promise<T>,
  clean: Clean,
): (...args: A) => Promise<T> {
  return (...args) =>
    work(...args).catch((error: unknown) => {
      throw cleanError(error, clean)
    })
}

/**
 * The same project, none of whose errors holds a key: also not those that nobody foresaw, or their causes, which some
 * bundlers print whole.
 */
export function guardProject(project: Project, clean: Clean): Project {
  return {
    ...project,
    collect: guarded(project.collect, clean),
    collectWith: guarded(project.collectWith, clean),
    plan: guarded(project.plan, clean),
    recover: guarded(async (...args) => {
      const recovered = await project.recover(...args)
      for (const { error } of recovered.failed) cleanError(error, clean)
      return recovered
    }, clean),
    generate: guarded((plan, { onEvent, ...options }) => {
      // The same error is in the report, and what waiting for its picture throws.
      const told: typeof onEvent = (event) => {
        if (event.type === 'failed') cleanError(event.error, clean)
        onEvent(event)
      }
      return project.generate(plan, { ...options, onEvent: told })
    }, clean),
    planRedo: guarded(project.planRedo, clean),
    redo: guarded((collection, { onEvent, ...options }) => {
      const told: typeof onEvent = (event) => {
        if (event.type === 'failed') cleanError(event.error, clean)
        onEvent(event)
      }
      return project.redo(collection, { ...options, onEvent: told })
    }, clean),
    takesOf: guarded(project.takesOf, clean),
    pick: guarded(project.pick, clean),
    adopt: guarded(project.adopt, clean),
    prune: guarded(async (...args) => {
      const pruned = await project.prune(...args)
      for (const { error } of pruned.left) cleanError(error, clean)
      return pruned
    }, clean),
    holdBudget: guarded(project.holdBudget, clean),
    writeTypes: guarded(project.writeTypes, clean),
    save: guarded(project.save, clean),
    close: guarded(() => project.close(), clean),
  }
}
