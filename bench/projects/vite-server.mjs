// The dev server of a Vite project, by its own command.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { cleanEnvironment } from '../measure.mjs'

/** Starts one on a free port. Gives its address and a way to end it. */
export async function startVite(project) {
  const vite = join(project, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, '--host', '127.0.0.1', '--port', '0'], {
    cwd: project,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk) => {
      said += chunk
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)
      if (found !== null) resolve(found[0])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The dev server ended with ${code}:\n${said}`)))
  })
  const close = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit').once('exit', resolve)
      child.kill()
    })
  return { address, close }
}
