import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { manifest } from '../support/site.ts'
import { projectWith, shell, stream } from './support.ts'

/** The emulator of the command line; `end` interrupts it. */
async function started(...argv: string[]) {
  const [out, err] = [stream(), stream()]
  let interrupted = () => {}
  let listening = () => {}
  const printed = new Promise<void>((resolve) => {
    listening = resolve
  })
  const write = out._write.bind(out)
  out._write = (chunk, encoding, done) => {
    write(chunk, encoding, done)
    listening()
  }
  const ended = runCli(['emulator', '--port', '0', ...argv], {
    cwd: '/',
    environment: {},
    version: '1.2.3',
    terminal: createTerminal(out, err, {}),
    onInterrupt(interrupt) {
      interrupted = interrupt
      return () => {}
    },
  })
  await printed
  return {
    out,
    ended,
    async end() {
      interrupted()
      return ended
    },
  }
}

describe('emulator', () => {
  it('serves a project of another terminal until it is interrupted', async () => {
    const { out, end } = await started('--json')
    const { baseURL, url, port } = JSON.parse(out.text())
    expect({ baseURL, url }).toEqual({
      baseURL: `http://127.0.0.1:${port}/v1`,
      url: `http://127.0.0.1:${port}`,
    })
    const { sh } = await projectWith(manifest({ boat: { prompt: 'A boat.', alt: 'A boat' } }), baseURL)
    expect(await sh([])).toMatchObject({ status: 0 })
    const ledger = (await (await fetch(`${url}/__emulator/ledger`)).json()) as { entries: unknown[] }
    expect(ledger.entries).toHaveLength(1)
    expect(await end()).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  it('says how to use it', async () => {
    const { out, end } = await started()
    expect(`\n${out.text().replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')}`).toMatchInlineSnapshot(`
      "
      The emulator listens at http://127.0.0.1:PORT/v1. To use it, in another terminal:
        GENERATE_IMAGES_BASE_URL=http://127.0.0.1:PORT/v1 GENERATE_IMAGES_API_KEY=any npx generate-images
      "
    `)
    expect(await end()).toBe(0)
  })

  it('needs a port that is free', async () => {
    const { out, end } = await started('--json')
    const { port } = JSON.parse(out.text())
    const { status, err } = await shell(['emulator', '--port', String(port)])
    expect(status).toBe(2)
    expect(err.replaceAll(String(port), 'PORT')).toMatchInlineSnapshot(`
      "✗ "port" is PORT, which can't be listened on (EADDRINUSE). [BAD_OPTION]
        → Allowed: a free port, or 0 for any.
      "
    `)
    await end()
  })
})
