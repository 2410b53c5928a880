// The whole way on one machine, with no key and no cost: plan, make the pictures over HTTP, build the site, report.
// `--json`: the report as JSON on standard output, everything else on standard error.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { startEmulator } from 'unplugin-generate-images/emulator'
import { weighSite } from './weigh.mjs'

const here = import.meta.dirname
const json = process.argv.includes('--json')
const say = (text = '') => (json ? console.error(text) : console.log(text))
const packageFile = createRequire(import.meta.url).resolve
const cli = join(dirname(packageFile('unplugin-generate-images/package.json')), 'dist/cli/main.js')
const vite = join(dirname(packageFile('vite/package.json')), 'bin/vite.js')

/** Runs a script of Node in this folder, as a person would; gives what it printed where `quiet`. */
function run(script, args, { env, quiet = false }) {
  return new Promise((resolve, reject) => {
    const out = quiet ? 'pipe' : json ? 2 : 'inherit'
    const child = spawn(process.execPath, [script, ...args], {
      cwd: here,
      env,
      stdio: ['ignore', out, 'inherit'],
    })
    const printed = []
    child.stdout?.on('data', (chunk) => printed.push(chunk))
    child.on('error', reject)
    child.on('close', (status, signal) => {
      if (status === 0) return resolve(Buffer.concat(printed).toString())
      reject(Object.assign(new Error(`${args[0]} ended with ${status ?? signal}`), { status }))
    })
  })
}

async function playground() {
  const started = performance.now()
  const emulator = await startEmulator()
  try {
    // The emulator alone is asked: whatever keys this machine has stay out of it.
    const env = {
      ...process.env,
      GENERATE_IMAGES_BASE_URL: emulator.baseURL,
      GENERATE_IMAGES_API_KEY: 'emulator',
    }
    for (const name of ['COMETAPI_KEY', 'OPENAI_API_KEY']) delete env[name]
    const planned = async () => JSON.parse(await run(cli, ['plan', '--json'], { env, quiet: true })).totals

    say(`The emulator listens on ${emulator.url}: real requests over HTTP, drawn pictures, no cost.\n`)
    say('1. The plan')
    await run(cli, ['plan'], { env })
    const before = await planned()

    say('\n2. The pictures')
    await run(cli, ['generate', '--mode', 'generate'], { env })
    const after = await planned()

    say('\n3. The site')
    await run(vite, ['build', '--logLevel', 'warn'], { env })

    const { totals: billed } = await ask(emulator, 'ledger')
    const { count: requests } = await ask(emulator, 'requests')
    return {
      pictures: { made: after.kept - before.kept, kept: before.kept },
      requests,
      billed,
      ...weighSite({ originals: join(here, 'generated-images'), site: join(here, 'site') }),
      seconds: Math.round((performance.now() - started) / 100) / 10,
      site: relative(process.cwd(), join(here, 'site', 'index.html')),
    }
  } finally {
    await emulator.close()
  }
}

async function ask({ url }, book) {
  const response = await fetch(`${url}/__emulator/${book}`)
  if (!response.ok) throw new Error(`the emulator's ${book} answered ${response.status}`)
  return response.json()
}

function show({ pictures, requests, billed, originals, renditions, wide, phone, seconds, site }) {
  const size = (bytes) => (bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e3)} kB`)
  const share = (bytes) => `${((100 * bytes) / originals.bytes).toFixed(1)} %`
  const folder = relative(process.cwd(), here) || '.'
  say('\n4. The report')
  for (const [what, text] of [
    ['pictures', `${pictures.made} made, ${pictures.kept} kept from before`],
    [
      'requests',
      `${requests} received by the emulator; a real API would have billed $${billed.usd.toFixed(2)}`,
    ],
    [
      'originals',
      `${originals.files} files, ${size(originals.bytes)}, in ${join(folder, 'generated-images')}`,
    ],
    [
      'renditions',
      `${renditions.files} files, ${size(renditions.bytes)}, in ${join(folder, 'site', 'assets')}`,
    ],
    ['a wide screen', `at most ${size(wide)} for all pictures of the site, ${share(wide)} of the originals`],
    ['a phone', `about ${size(phone)}, ${share(phone)}`],
    ['time', `${seconds} s`],
    ['the site', `open ${site}, or run: npx vite preview ${folder}`],
  ])
    say(`   ${what.padEnd(14)} ${text}`)
  if (requests === 0)
    say('\n   Nothing was asked for: every picture was kept. That is how every later build goes.')
}

// Ctrl+C reaches the command as well, which waits for what is under way; this script ends after it.
process.on('SIGINT', () => {})
try {
  const report = await playground()
  if (json) console.log(JSON.stringify(report, null, 2))
  else show(report)
} catch (error) {
  console.error(`\nThe playground failed: ${error.message}`)
  process.exitCode = error.status || 1
}
