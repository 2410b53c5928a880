// The dev server: a page of drafts beside the same page of static pictures, and how soon a picture that the command line
// makes is in the open page.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { interleave, runScript } from '../measure.mjs'
import { cli } from '../places.mjs'
import { withApi } from '../projects/api.mjs'
import { openPage, startBrowser } from '../projects/browser.mjs'
import { manifestOf } from '../projects/originals.mjs'
import { writeFiles } from '../projects/project.mjs'
import { createViteProject, OURS } from '../projects/vite.mjs'
import { startVite } from '../projects/vite-server.mjs'
import { row } from '../rows.mjs'

export async function dev({ small, runs, folder, say }) {
  const count = small ? 5 : 50
  const drafts = createViteProject(join(folder, 'drafts'), { plugins: [OURS] })
  writeFiles(drafts, { 'src/images.prompts.json': manifestOf(count), ...page(count, 'png?generate') })
  const still = createViteProject(join(folder, 'static'))
  writeFiles(still, page(count, 'webp'))
  await writeStaticPictures(join(still, 'src'), count)

  const browser = await startBrowser()
  try {
    const started = await interleave(
      { ours: () => startAndOpen(browser, drafts, count), still: () => startAndOpen(browser, still, count) },
      { runs, warmUp: true, say },
    )
    const running = [await startVite(drafts), await startVite(still)]
    const again = async ({ address }) => {
      const { time, close } = await openPage(browser, address, count)
      await close()
      return { time }
    }
    // A page takes little time on a server that runs: more rounds cost nothing and say more.
    const opened = await interleave(
      { ours: () => again(running[0]), still: () => again(running[1]) },
      { runs: small ? runs : runs * 2, warmUp: true, say },
    )
    const arrived = await interleave(
      { picture: (round) => arrival(browser, running[0], drafts, { count, name: `p${round}` }) },
      { runs, warmUp: true, say },
    )
    for (const { close } of running) await close()

    const what = `dev server, ${count} drafts`
    const to = 'as many static pictures'
    const second = arrived.picture.map(() => ({ time: 1000 }))
    return {
      rows: [
        row({
          what: `${what}: start and first page`,
          of: 'time',
          ours: started.ours,
          other: started.still,
          to,
        }),
        row({
          what: `${what}: a fresh page`,
          of: 'time',
          ours: opened.ours,
          other: opened.still,
          to,
          atMost: 1.3,
        }),
        row({
          ...{ what: 'a picture of the command line in the open page', of: 'time', ours: arrived.picture },
          ...{ other: second, to: 'a second after its record', atMost: 1 },
        }),
      ],
      samples: { started, opened, arrived },
    }
  } finally {
    await browser.close()
  }
}

function page(count, ending) {
  const names = Array.from({ length: count }, (_, i) => `p${i}`)
  const imports = names.map((name) => `import ${name} from './${name}.${ending}'\n`).join('')
  return {
    'index.html': '<!doctype html><title>Bench</title><script type="module" src="/src/main.js"></script>\n',
    'src/main.js': `${imports}
for (const [name, src] of Object.entries({ ${names.join(', ')} })) {
  const image = new Image(320)
  document.body.append(Object.assign(image, { id: name, src }))
}
`,
  }
}

/** As large as the drafts stand for, and light as a flat picture is. */
async function writeStaticPictures(folder, count) {
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i < count; i++) {
    const background = { r: (i * 37) % 256, g: (i * 91) % 256, b: 128 }
    const picture = sharp({ create: { width: 1024, height: 1024, channels: 3, background } })
    writeFileSync(join(folder, `p${i}.webp`), await picture.webp().toBuffer())
  }
}

/** From the start of the server's command to the last picture of its first page. */
async function startAndOpen(browser, project, count) {
  const started = performance.now()
  const server = await startVite(project)
  const { close } = await openPage(browser, server.address, count)
  const time = performance.now() - started
  await close()
  await server.close()
  return { time }
}

/** Makes one picture by the command line while a page is open: milliseconds from its record to its pixels in the page. */
async function arrival(browser, { address }, project, { count, name }) {
  const { page, close } = await openPage(browser, address, count)
  const before = await sourceOf(page, name)
  const made = withApi({ kind: 'answer', pool: 1, latency: 0 }, (env) =>
    runScript([cli, 'generate', '--filter', name], { cwd: project, env }),
  )
  const seen = arrived(page, name, before)
  await made
  const at = await seen
  const record = join(project, 'generated-images/src', `${name}.json`)
  if (!existsSync(record)) throw new Error(`${name} has not been made`)
  await close()
  return { time: at - statSync(record).mtimeMs }
}

const sourceOf = (page, name) => page.evaluate((id) => document.getElementById(id)?.currentSrc, name)

/** When another picture than `before` is complete in the page; it may be reloaded meanwhile. */
async function arrived(page, name, before) {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const there = await page
      .evaluate(
        ([id, old]) => {
          const image = document.getElementById(id)
          return image?.complete && image.naturalWidth > 0 && image.currentSrc !== old
        },
        [name, before],
      )
      // Between two documents there is none.
      .catch(() => false)
    if (there) return Date.now()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`${name} did not come into the page within 30 s`)
}
