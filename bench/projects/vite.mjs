// Projects that Vite builds by its own command.
import { join } from 'node:path'
import { runScript } from '../measure.mjs'
import { peersFolder, peersNode } from '../peers.mjs'
import { createProject, installed } from './project.mjs'

/** This package as a plugin of `createViteProject`. */
export const OURS = ['unplugin-generate-images/vite', 'default']

/**
 * A project with Vite and plugins, each as [specifier, name of its export]. `from`: the folder whose node_modules has Vite
 * and the other packages, this repository's unless told.
 */
export function createViteProject(folder, { plugins = [], from = undefined } = {}) {
  const imports = plugins.map(([from, name], i) => `import { ${name} as plugin${i} } from '${from}'\n`)
  const calls = plugins.map((_, i) => `plugin${i}()`)
  // Tiny files would be inlined into the script otherwise, on all sides: files are what is compared.
  const config = `${imports.join('')}\nexport default { plugins: [${calls.join(', ')}], build: { assetsInlineLimit: 0 } }\n`
  const names = ['vite', ...plugins.filter((one) => one !== OURS).map(([specifier]) => specifier)]
  const packages = Object.fromEntries(names.map((name) => [name, installed(name, from)]))
  return createProject(folder, { files: { 'vite.config.mjs': config }, packages })
}

/** `vite build`, measured. */
export const viteBuild = (folder, more = {}) =>
  runScript([join(folder, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: folder, ...more })

/** What projects with peers have in common: Vite and Node as installed for them. */
export const peerGround = { from: peersFolder, node: peersNode }
