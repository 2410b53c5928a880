// The measures by name, in the order in which they are run and shown.
import { bundlers } from './bundlers.mjs'
import { cold } from './cold.mjs'
import { dev } from './dev.mjs'
import { disk } from './disk.mjs'
import { each } from './each.mjs'
import { generation } from './generation.mjs'
import { imports } from './imports.mjs'
import { memory } from './memory.mjs'
import { overlap } from './overlap.mjs'
import { plan } from './plan.mjs'
import { warmReal, warmTiny } from './warm.mjs'
import { warmPeers } from './warm-peers.mjs'

/**
 * Each takes { small, runs, folder (its own, not made yet), keeper (bench/projects/originals.mjs), say } and gives
 * { rows (bench/rows.mjs), samples }.
 */
export const measures = {
  cold,
  warm: warmTiny,
  'warm-real': warmReal,
  'warm-peers': warmPeers,
  bundlers,
  generation,
  overlap,
  memory,
  plan,
  each,
  imports,
  dev,
  disk,
}
