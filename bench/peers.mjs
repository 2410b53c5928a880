// What this package is compared with, installed in a folder of its own: the package itself depends on none of it.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { here } from './places.mjs'

export const peersFolder = here('peers')

/** The Node of the npm package `node`: the newest majors of the peers need a newer one than this package does. */
export const peersNode = join(peersFolder, 'node_modules/node/bin/node')

/** Installs them by the lock file, unless that has been done. */
export function installPeers(say) {
  // npm leaves a copy of the lock there: another lock file means other versions.
  const installed = join(peersFolder, 'node_modules/.package-lock.json')
  if (existsSync(installed) && existsSync(peersNode) && sameLock(installed)) return
  say('Installing bench/peers …')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: peersFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
}

function sameLock(installed) {
  const versions = (file) =>
    Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages)
      .filter(([path]) => path !== '')
      .map(([path, { version }]) => [path, version])
  const has = new Map(versions(installed))
  // Packages for other systems stand in the lock alone.
  const wanted = new Map(versions(join(peersFolder, 'package-lock.json')))
  return [...has].every(([path, version]) => wanted.get(path) === version)
}

/** Its version. */
export const peersNodeVersion = () =>
  execFileSync(peersNode, ['--version'], { encoding: 'utf8' }).trim().slice(1)
