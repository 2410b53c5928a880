import type { ResolvedConfig } from 'vite'
import { PRIVATE_FILES } from '../store/private-files.ts'

/**
 * Adds takes, raw answers, the spool and the ledger to what `server.fs.deny` keeps from a browser: what was asked, what it
 * cost and what no page shows is nobody's who reaches the server. Vite asks at each file, however its address is spelled.
 */
export function keepPrivate(config: ResolvedConfig): void {
  // Not through the option: there a pattern of ours would take the place of Vite's own, which keep `.env` back.
  const checks = config as { fsDenyGlob?: (file: string) => boolean }
  const denies = checks.fsDenyGlob
  if (denies === undefined) return
  checks.fsDenyGlob = (file) => PRIVATE_FILES.test(file) || denies(file)
}
