import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A running mock that refuses what its document does not allow. */
export interface Prism {
  readonly origin: string
  stop(): Promise<void>
}

const bin = new URL('../../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url).pathname

/** Starts @stoplight/prism-cli on this machine over a document. */
export async function startPrism(document: object): Promise<Prism> {
  const folder = await mkdtemp(join(tmpdir(), 'prism-'))
  const file = join(folder, 'document.json')
  await writeFile(file, JSON.stringify(document))
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [bin, 'mock', file, '-p', String(port), '-h', '127.0.0.1', '--errors'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill()
    await gone
    await rm(folder, { recursive: true })
  }
  let said = ''
  try {
    await new Promise<void>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        said += chunk
        if (said.includes('Prism is listening')) resolve()
      }
      child.stdout.on('data', listen)
      child.stderr.on('data', listen)
      child.once('error', reject)
      child.once('exit', () => reject(new Error(`prism did not start: ${said}`)))
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { origin: `http://127.0.0.1:${port}`, stop }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
