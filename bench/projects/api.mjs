// The image API of bench/server.mjs as a process of its own.
import { spawn } from 'node:child_process'
import { cleanEnvironment } from '../measure.mjs'
import { here } from '../places.mjs'

/** Starts one and runs `use` with the environment that leads to it. `kind` is `tiny` or `answer`, see bench/pictures.mjs. */
export async function withApi({ kind, pool, latency }, use) {
  const child = spawn(process.execPath, [here('server.mjs'), kind, String(pool), String(latency)], {
    env: cleanEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    const baseURL = await new Promise((resolve, reject) => {
      child.stdout.once('data', (line) => resolve(line.toString().trim()))
      child.once('exit', (code) => reject(new Error(`The image API of the bench ended with ${code}`)))
    })
    return await use({ GENERATE_IMAGES_BASE_URL: baseURL, GENERATE_IMAGES_API_KEY: 'bench' })
  } finally {
    child.kill()
  }
}
