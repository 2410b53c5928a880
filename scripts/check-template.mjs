// The quick start of the README, word for word, with the packed tarball in a fresh project from the public Vite
// TypeScript template: installed, typed, built, built again. The emulator answers in place of a real API.
import { execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repo = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'template-'))
const app = join(scratch, 'app')
const { CI: _, ...plain } = process.env
const quiet = {
  ...plain,
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
}

const run = (command, args, { cwd = app, env = {} } = {}) =>
  execFileSync(command, args, {
    cwd,
    env: { ...quiet, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const expect = (truth, what) => {
  if (!truth) throw new Error(`not as promised: ${what}`)
  console.log(`ok: ${what}`)
}

// The blocks of the quick start: its shell lines in order, and its files by the name in their first line.
const readme = readFileSync(join(repo, 'README.md'), 'utf8')
const quickStart = readme.slice(readme.indexOf('## Quick start'), readme.indexOf('## Try it here'))
const blocks = [...quickStart.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text,
}))
const [install, spend] = blocks
  .filter(({ language }) => language === 'sh')
  .map(({ text }) => text.trim().split('\n'))
const manifest = blocks.find(({ language }) => language === 'json').text
const files = blocks
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => {
    const [, name] = /^\/\/ (\S+)\n/.exec(text)
    return { name, text }
  })

try {
  const tarball = join(
    scratch,
    run('npm', ['pack', '--silent', '--pack-destination', scratch], { cwd: repo }).trim().split('\n').at(-1),
  )
  run('npx', ['--yes', 'create-vite@latest', 'app', '--template', 'vanilla-ts', '--no-interactive'], {
    cwd: scratch,
  })
  run('npm', ['install', '--silent'])

  expect(
    install[0] === 'npm install --save-dev unplugin-generate-images',
    'the quick start begins with the installation',
  )
  run('npm', ['install', '--silent', '--save-dev', tarball])
  for (const line of install.slice(1)) run('sh', ['-c', line])
  expect(
    readFileSync(join(app, 'src/images.prompts.json'), 'utf8') === manifest,
    'init writes the manifest of the README',
  )
  expect(
    readFileSync(join(app, 'tsconfig.json'), 'utf8').includes('/* Bundler mode */'),
    'init keeps the comments of tsconfig.json',
  )
  for (const { name, text } of files) {
    mkdirSync(dirname(join(app, name)), { recursive: true })
    writeFileSync(join(app, name), text)
  }

  const { startEmulator } = await import(join(app, 'node_modules/unplugin-generate-images/dist/emulator.js'))
  const emulator = await startEmulator()
  const api = { GENERATE_IMAGES_BASE_URL: emulator.baseURL, GENERATE_IMAGES_API_KEY: 'any-key-will-do' }
  appendFileSync(
    join(app, '.env.local'),
    Object.entries(api)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  // The emulator lives in this process, so the shell lines must not block it.
  const shell = (line, env = {}) =>
    new Promise((resolve) => {
      const child = spawn('sh', ['-c', line], { cwd: app, env: { ...quiet, ...env } })
      let output = ''
      child.stdout.on('data', (part) => (output += part))
      child.stderr.on('data', (part) => (output += part))
      child.on('close', (status) => resolve({ status, output }))
    })
  for (const line of spend) {
    const { status, output } = await shell(line)
    if (status !== 0) throw new Error(`${line} ended with ${status}:\n${output}`)
    console.log(output.trimEnd())
  }
  expect(emulator.requests.length === 1, 'one picture, one request')
  const assets = readdirSync(join(app, 'dist/assets'))
  for (const format of ['avif', 'webp', 'png'])
    expect(assets.filter((name) => name.endsWith(format)).length >= 3, `the build has three ${format} files`)

  const strict = () => shell('npx tsc --noEmit --strict')
  const good = await strict()
  if (good.status !== 0) console.error(good.output)
  expect(good.status === 0, 'tsc --noEmit --strict passes')
  const main = files.find(({ name }) => name === 'src/main.ts').text
  for (const [what, from, to] of [
    ['a name that does not exist', './paper-boat.png', './paper-boatt.png'],
    ['a format that is not made', 'sources.webp', 'sources.jpeg'],
    ['a field that is not there', 'img.alt', 'img.title'],
    ['another shape', 'boat.img.width', 'boat.width'],
  ]) {
    writeFileSync(join(app, 'src/main.ts'), main.replace(from, to))
    expect((await strict()).status !== 0, `tsc refuses ${what}`)
  }
  writeFileSync(join(app, 'src/main.ts'), main)

  expect(
    (await shell('npx vite build')).status === 0 && emulator.requests.length === 1,
    'a second build sends nothing',
  )
  await emulator.close()
  rmSync(join(app, '.env.local'))
  rmSync(join(app, 'node_modules/.cache'), { recursive: true })
  rmSync(join(app, 'generated-images/.ledger.jsonl'))
  const clone = await shell('npm run build', { CI: 'true' })
  if (clone.status !== 0) console.error(clone.output)
  expect(clone.status === 0, 'a clone builds in CI with no key and no API')
  expect(existsSync(join(app, 'dist/index.html')), 'and the site is there')
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
