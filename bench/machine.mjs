// What the figures were seen on: the machine, and the version of everything that was compared.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { peersFolder, peersNodeVersion } from './peers.mjs'
import { repository } from './places.mjs'

const OURS = ['sharp', 'unplugin', 'vite', 'webpack', '@rspack/core', 'rollup', 'rolldown', 'esbuild']
const PEERS = ['vite-imagetools', '@sveltejs/enhanced-img', '@11ty/eleventy-img', 'astro', 'openai']

/** Cores that this process may use, the model of the processor, bytes of memory, the system. */
export function seeMachine() {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memory: totalmem(),
    system: `${platform()} ${arch()} ${release()}`,
  }
}

/** Versions by name. */
export function seeVersions() {
  const of = (folder) => (name) => [name, versionIn(folder, name)]
  return {
    Node: process.versions.node,
    'Node of the peers': peersNodeVersion(),
    ...Object.fromEntries(OURS.map(of(repository))),
    '@farmfe/core': versionIn(repository, '@farmfe/core'),
    ...Object.fromEntries(PEERS.map(of(peersFolder))),
  }
}

/** Throws where both sides would not have the same Vite and the same sharp. */
export function requireSameGround() {
  for (const name of ['vite', 'sharp']) {
    const [ours, theirs] = [repository, peersFolder].map((folder) => versionIn(folder, name))
    if (ours !== theirs)
      throw new Error(`${name} is ${ours} here and ${theirs} in bench/peers: the sides would not be alike`)
  }
}

function versionIn(folder, name) {
  // Not through exports: many packages do not let their package.json out.
  const paths = createRequire(join(folder, 'package.json')).resolve.paths(name)
  for (const path of paths) {
    try {
      return JSON.parse(readFileSync(join(path, name, 'package.json'), 'utf8')).version
    } catch {}
  }
  throw new Error(`${name} is not installed for ${folder}`)
}
