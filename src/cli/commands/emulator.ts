import { EXIT } from '../../errors/index.ts'
import type { Command } from '../command.ts'

/** `emulator`: the API on this machine, free. */
export const emulator: Command = {
  name: 'emulator',
  meaning: 'the image API on this machine, free, for trying out and for tests',
  usage: 'emulator [FLAGS]',
  details: `Answers as the real APIs do, paints its own pictures and counts what they would have cost.
Its ledger: GET /__emulator/ledger. Ends with Ctrl+C.`,
  positionals: [],
  flags: ['port', 'latency', 'json'],
  async run({ args, terminal, onInterrupt }) {
    const { port = 4010, latency = 0, json } = args.flags
    const { startEmulator } = await import('../../emulator/index.ts')
    const running = await startEmulator({ port, latencyMs: latency })
    const ended = new Promise<void>((resolve) => {
      const end = onInterrupt(() => {
        end()
        resolve()
      })
    })
    const { url, baseURL } = running
    if (json) terminal.out(JSON.stringify({ url, baseURL, port: running.port }))
    else {
      terminal.out(`The emulator listens at ${baseURL}. To use it, in another terminal:`)
      terminal.out(`  GENERATE_IMAGES_BASE_URL=${baseURL} GENERATE_IMAGES_API_KEY=any npx generate-images`)
    }
    await ended
    await running.close()
    return EXIT.done
  },
}
