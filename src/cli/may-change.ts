import type { Project } from '../config/project.ts'
import { createError } from '../errors/index.ts'

/** Throws MODE_FORBIDS where the mode lets a command not spend, or not touch the folder of pictures. */
export function assertMay(project: Project, what: 'spend' | 'change'): void {
  const { mode, modeReason: why } = project.settings
  if (mode === 'generate' || (mode === 'draft' && what === 'change')) return
  throw createError('MODE_FORBIDS', {
    what: what === 'spend' ? 'Nothing is asked for' : 'Nothing is changed',
    why,
  })
}
