import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startEmulator } from '../../src/emulator/index.ts'
import { type Answer, body, bytesOf, hashOf, postRequest } from './support.ts'

const ROOT = join(import.meta.dirname, '../..')

describe('server', () => {
  it('listens on loopback with an address for clients', async () => {
    const emulator = await startEmulator({ picture: 'flat' })
    expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`)
    expect(emulator.baseURL).toBe(`${emulator.url}/v1`)
    const answer = (await (await fetch(postRequest(body({ n: 2 }), {}, emulator.url))).json()) as Answer
    expect(hashOf(bytesOf(answer, 0))).not.toBe(hashOf(bytesOf(answer, 1)))
    expect(emulator.ledger).toHaveLength(1)
    await emulator.close()
  })

  it('gives links to itself', async () => {
    const emulator = await startEmulator({ picture: 'flat' })
    const answer = (await (
      await fetch(postRequest({ model: 'qwen-image', prompt: 'x' }, {}, emulator.url))
    ).json()) as Answer
    expect(answer.data[0]!.url).toMatch(new RegExp(`^${emulator.url}/files/`))
    expect((await fetch(answer.data[0]!.url!)).status).toBe(200)
    expect((await fetch(answer.data[0]!.url!, { headers: { authorization: 'Bearer k' } })).status).toBe(400)
    expect(emulator.authorizationsAtFiles).toBe(1)
    await emulator.close()
  })

  it('answers many at once', async () => {
    const emulator = await startEmulator({ picture: 'flat' })
    const prompts = Array.from({ length: 12 }, (_, i) => `Picture ${i}`)
    const answers = await Promise.all(
      prompts.map((prompt) => fetch(postRequest(body({ prompt }), {}, emulator.url))),
    )
    expect(answers.map(({ status }) => status)).toEqual(prompts.map(() => 200))
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(12)
    expect(emulator.ledger.map(({ prompt }) => prompt).toSorted()).toEqual(prompts.toSorted())
    await emulator.close()
  })

  it('closes although answers hang', async () => {
    const emulator = await startEmulator({ picture: 'flat' })
    emulator.faults.order({ fault: 'hang-before-headers' }, { fault: 'hang-after-headers' })
    const before = fetch(postRequest(body(), {}, emulator.url))
    before.catch(() => undefined)
    await expect.poll(() => emulator.ledger.length).toBe(1)
    const after = await fetch(postRequest(body(), {}, emulator.url))
    const rest = after.text()
    rest.catch(() => undefined)
    await emulator.close()
    await expect(before).rejects.toThrow()
    await expect(rest).rejects.toThrow()
    await expect(fetch(emulator.url)).rejects.toThrow()
  })

  it('ends a connection whose body is far too large', async () => {
    const emulator = await startEmulator({ picture: 'flat' })
    await expect(fetch(postRequest('x'.repeat(9e6), {}, emulator.url))).rejects.toThrow()
    expect(emulator.requests).toHaveLength(0)
    await emulator.close()
  })

  it('keeps no process alive once it may go, with a client that hangs', async () => {
    const { code, out } = await run(`
      emulator.unref()
      emulator.faults.order({ fault: 'hang-before-headers' })
      const { Agent, request } = await import('node:http')
      const waiting = request(emulator.url + '/v1/images/generations', { method: 'POST', agent: new Agent(), headers: { authorization: 'Bearer k' } })
      waiting.on('socket', (socket) => socket.unref())
      waiting.end(JSON.stringify({ model: 'gpt-image-2', prompt: 'A boat.' }))
      const timer = setInterval(() => {
        if (emulator.ledger.length === 0) return
        clearInterval(timer)
        console.log('hung')
      }, 10)
    `)
    expect({ code, out }).toEqual({ code: 0, out: 'hung\n' })
  })

  it('stays up until it is closed otherwise', async () => {
    const { code, out } = await run(`
      setTimeout(() => { console.log('still here'); emulator.close() }, 200).unref()
    `)
    expect({ code, out }).toEqual({ code: 0, out: 'still here\n' })
  })
})

/** Runs a script in a process of its own, with an emulator started. */
async function run(script: string): Promise<{ code: number | null; out: string }> {
  const source = `
    import { createJiti } from 'jiti'
    const { startEmulator } = await createJiti(${JSON.stringify(join(ROOT, 'index.mjs'))}).import('./src/emulator/index.ts')
    const emulator = await startEmulator({ picture: 'flat' })
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000)
  const [out] = await Promise.all([child.stdout.toArray(), once(child, 'exit')])
  clearTimeout(timer)
  return { code: child.exitCode, out: Buffer.concat(out).toString() }
}
