// The README's pictures of the gallery, in both themes: the playground, drawn by the emulator, with one prompt edited and
// one picture not made yet. Needs the built package and /usr/bin/chromium. Run: npm run screenshots
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import sharp from 'sharp'

const repository = fileURLToPath(new URL('..', import.meta.url))
const cli = join(repository, 'dist/cli/main.js')
const root = mkdtempSync(join(tmpdir(), 'screenshots-'))
const playground = join(root, 'playground')
const { PATH, HOME } = process.env

/** Runs the command in the playground, with no key of this machine. */
const run = (...args) =>
  spawn(process.execPath, [cli, ...args, '--provider', 'emulator'], {
    cwd: playground,
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const ended = (child) =>
  new Promise((resolve) => {
    child.on('close', resolve)
    child.stdout.resume()
  })
const said = (stream) => new Promise((resolve) => stream.once('data', (data) => resolve(String(data))))

function copyPlayground() {
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(repository, join(root, 'node_modules/unplugin-generate-images'), 'dir')
  symlinkSync(join(repository, 'node_modules/vite'), join(root, 'node_modules/vite'), 'dir')
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }\n')
  const left = ['generated-images', 'site', 'node_modules']
  cpSync(join(repository, 'playground'), playground, {
    recursive: true,
    filter: (source) => !left.includes(basename(source)),
  })
}

function editManifest() {
  const manifest = join(playground, 'src/images.prompts.json')
  const { images, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'))
  images.cover.prompt = images.cover.prompt.replace('at dawn, low islands', 'at dusk, high cliffs')
  images.lighthouse = 'A lighthouse on a rock at night, its beam over the sea.'
  writeFileSync(manifest, JSON.stringify({ ...rest, images }, null, 2))
}

/** Waits for the pictures on the screen, which are made when they are first asked for. */
async function shown(page) {
  const loaded = `[...document.images].every((image) =>
    (image.complete && image.naturalWidth > 0) || image.getBoundingClientRect().top > innerHeight)`
  // The page's policy lets no text be run as code, which Playwright's own waiting would need.
  for (let tries = 0; !(await page.evaluate(loaded)); tries++) {
    if (tries > 100) throw new Error('the pictures did not load')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function shoot(browser, address, theme) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: theme })
  const keep = async (name) => {
    await shown(page)
    const file = join(repository, 'docs', `${name}-${theme}.webp`)
    await sharp(await page.screenshot())
      .webp({ quality: 82 })
      .toFile(file)
  }
  await page.goto(address)
  await page.locator('.card').first().waitFor()
  await keep('gallery')
  await page.locator('a[data-name="src/cover"]').click()
  await page.locator('.details table').first().waitFor()
  await keep('picture')
  await page.close()
}

copyPlayground()
await ended(run('generate', '--mode', 'generate'))
editManifest()
const server = run('gallery', '--port', '0')
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const [address] = /http:\S+/.exec(await said(server.stdout))
  mkdirSync(join(repository, 'docs'), { recursive: true })
  for (const theme of ['light', 'dark']) await shoot(browser, address, theme)
} finally {
  await browser.close()
  server.kill('SIGINT')
  await ended(server)
  rmSync(root, { recursive: true, force: true })
}
