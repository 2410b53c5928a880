// `g + enter` in a pseudo-terminal: what a person sees, and what is paid for before and after.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSite, type Site, VITES } from './site.ts'

const CHILD = fileURLToPath(new URL('../support/dev-child.ts', import.meta.url))
const MANIFEST = JSON.stringify({
  images: { boat: { prompt: 'A boat.', alt: 'A boat' }, hat: { prompt: 'A hat.', alt: 'A hat' } },
})

describe.each(VITES.map(([name], index) => [name, ['vite', 'vite-7'][index]!]))(
  '%s, in a terminal',
  (_, vite) => {
    let site: Site
    let child: ChildProcess | undefined
    let said = ''
    beforeEach(async () => {
      said = ''
      site = await createSite({ 'index.html': '<p>', 'src/images.prompts.json': MANIFEST })
    })
    afterEach(async () => {
      if (child?.exitCode === null) {
        child.stdin!.write('q\n')
        const ended = new Promise((resolve) => child!.on('exit', resolve))
        const timer = setTimeout(() => child?.kill('SIGKILL'), 3000)
        await ended
        clearTimeout(timer)
      }
      await site.remove()
    })
    const start = async (mode = '', more = {}) => {
      const command = [process.execPath, '--import', 'jiti/register', CHILD, vite, site.root, mode]
      child = spawn('script', ['-qfec', command.map((word) => `'${word}'`).join(' '), '/dev/null'], {
        env: {
          ...process.env,
          ...{ CI: '', TERM: 'xterm-256color', NO_COLOR: undefined, FORCE_COLOR: '0' },
          ...{
            GENERATE_IMAGES_BASE_URL: site.emulator.baseURL,
            GENERATE_IMAGES_API_KEY: 'test-key',
            ...more,
          },
        },
      })
      child.stdout!.on('data', (chunk) => {
        said += chunk
      })
      child.stderr!.on('data', (chunk) => {
        said += chunk
      })
      await hears(/to show help/)
    }
    const hears = (text: RegExp) =>
      vi.waitFor(() => expect(stripVTControlCharacters(said)).toMatch(text), {
        timeout: 20_000,
        interval: 50,
      })
    const press = (key: string) => child!.stdin!.write(`${key}\n`)

    it('says what is missing, asks once, and makes it', async () => {
      await start()
      await hears(
        /2 pictures not made yet \(about \$0\.\d\d\): press g \+ enter, or open http:\/\/127\.0\.0\.1:\d+\/__generate-images\//,
      )
      press('h')
      await hears(/press g \+ enter to make the pictures/)
      expect(stripVTControlCharacters(said)).toMatch(/press k \+ enter to say hello/)
      press('g')
      await hears(/2 pictures to make, about \$0\.\d\d: press g \+ enter again/)
      expect(site.emulator.requests).toHaveLength(0)
      press('g')
      // Other shortcuts go on meanwhile.
      press('k')
      await hears(/hello to you/)
      await hears(/asking for 2 \(about/)
      await hears(/2 pictures made (for|by)/)
      expect(site.emulator.requests).toHaveLength(2)
      press('g')
      await hears(/there is nothing to make/)
      expect(site.emulator.requests).toHaveLength(2)
    })

    it('is asked again about what has changed since', async () => {
      await start()
      press('g')
      await hears(/2 pictures to make/)
      await site.write(
        'src/images.prompts.json',
        MANIFEST.replace('A hat.', 'A cap.').replace('"boat"', '"ship"'),
      )
      await site.write('src/more.js', `import './kite.png?generate&prompt=A+kite'`)
      // The types are written when the project was looked at again.
      const types = () => readFile(join(site.root, 'generate-images.d.ts'), 'utf8')
      await vi.waitFor(async () => expect(await types()).toMatch(/ship[\s\S]*kite/), 10_000)
      press('g')
      await hears(/3 pictures to make/)
      expect(site.emulator.requests).toHaveLength(0)
    })

    it('makes nothing where the mode is frozen', async () => {
      await site.write('src/images.prompts.json', '{ "images": {} }')
      await start('frozen')
      press('g')
      await hears(/nothing is made, because the mode is frozen/)
    })

    it('sends nothing without a key, and says so', async () => {
      await start('', { GENERATE_IMAGES_API_KEY: '' })
      press('g')
      await hears(/2 pictures to make/)
      press('g')
      await hears(/NO_KEY/)
      expect(site.emulator.requests).toHaveLength(0)
    })
  },
)
