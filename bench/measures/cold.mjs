// A cold build: originals are there, renditions are not. 1536 × 1024, three widths, three formats.
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { peersFolder, peersNode } from '../peers.mjs'
import { cli, here } from '../places.mjs'
import { writeImportingApp, writeOurApp } from '../projects/apps.mjs'
import { createProject, installed, writeFiles } from '../projects/project.mjs'
import { createViteProject, OURS, peerGround, viteBuild } from '../projects/vite.mjs'
import { row, rowsOf } from '../rows.mjs'

const SUBJECTS = [
  'a lighthouse above the sea',
  'a city at night',
  'dunes',
  'a forest',
  'a garden',
  'mountains',
  'a portrait',
  'a planet',
  'a vase on a table',
  'an abstract pattern',
]
const TARGETS = { time: { atMost: 0.3 }, cpu: { atMost: 0.3 }, memory: {}, bytes: { atMost: 1.03 } }

export async function cold({ small, runs, folder, say }) {
  // All 40 once: a round of them takes minutes. The other rounds are of five of them.
  const all = small ? 2 : 40
  const some = small ? 2 : 5
  const widths = small ? [48, 96] : [480, 960, 1440]
  const originals = await paint(join(folder, 'originals'), all, say)
  const make = (count) => createSides(join(folder, String(count)), { originals, count, widths })

  const whatOf = (count) => `cold build of ${count} pictures × ${3 * widths.length}`
  const sides = make(some)
  const samples = { [some]: await interleave(sides.main, { runs, say }) }
  const others = await interleave(sides.others, { runs: 1, say })
  if (all !== some) samples[all] = await interleave(make(all).main, { runs: 1, say })

  const rows = Object.entries(samples).flatMap(([count, { ours, imagetools, script }]) => {
    const what = whatOf(count)
    return [
      ...rowsOf({ what, ours, other: imagetools, to: 'vite-imagetools', targets: TARGETS }),
      ...rowsOf({ what, ours, other: script, to: 'a sharp script', targets: TARGETS }),
    ]
  })
  const once = samples[some].ours.slice(0, 1)
  for (const [to, other] of Object.entries(others))
    for (const of of ['time', 'cpu']) rows.push(row({ what: whatOf(some), of, ours: once, other, to }))
  return { rows, samples: { ...samples, others } }
}

/** Originals by the command line and the emulator, and beside them as `pN.png` for those who know no records. */
async function paint(folder, count, say) {
  const images = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `p${i}`,
      { prompt: `Picture ${i}: ${SUBJECTS[i % SUBJECTS.length]}.`, alt: `Picture ${i}` },
    ]),
  )
  say(`  painting ${count} originals`)
  createProject(folder, {
    files: { 'src/images.prompts.json': JSON.stringify({ defaults: { size: '1536x1024' }, images }) },
  })
  await runScript(
    [cli, 'generate', '--provider', 'emulator', '--budget-images', 'none', '--budget-usd', 'none'],
    { cwd: folder },
  )
  return { folder, images }
}

function createSides(folder, { originals, count, widths }) {
  const kept = join(originals.folder, 'generated-images/src')
  const names = Array.from({ length: count }, (_, i) => `p${i}`)
  const images = Object.fromEntries(names.map((name) => [name, originals.images[name]]))
  const withSources = (name, create) => {
    const project = create(join(folder, name))
    mkdirSync(join(project, 'src'), { recursive: true })
    for (const picture of names) cpSync(join(kept, `${picture}.png`), join(project, 'src', `${picture}.png`))
    return project
  }
  const query = `w=${widths.join(';')}&format=avif;webp;jpeg&as=picture`
  const formats = ['avif', 'webp', 'jpeg']

  // Its defaults, but for what the comparison fixes: widths, and JPEG as the third format.
  const ours = createViteProject(join(folder, 'ours'), { plugins: [OURS], ...peerGround })
  const defaults = { size: '1536x1024', widths, formats }
  writeFiles(ours, { 'src/images.prompts.json': JSON.stringify({ defaults, images }) })
  copyKept(originals.folder, ours, names)
  writeOurApp(ours, count)

  // Its defaults, with the same widths and formats in the query.
  const imagetools = withSources('imagetools', (project) =>
    createViteProject(project, { plugins: [['vite-imagetools', 'imagetools']], ...peerGround }),
  )
  writeImportingApp(imagetools, count, query)

  // It adds its own words to the same query.
  const enhanced = withSources('enhanced', (project) =>
    createViteProject(project, {
      plugins: [
        ['@sveltejs/enhanced-img', 'enhancedImages'],
        ['@sveltejs/vite-plugin-svelte', 'svelte'],
      ],
      ...peerGround,
    }),
  )
  writeImportingApp(enhanced, count, `enhanced&${query}`)

  const astro = withSources('astro', (project) =>
    createProject(project, {
      packages: { astro: installed('astro', peersFolder), sharp: installed('sharp', peersFolder) },
    }),
  )
  const imports = names.map((name) => `import ${name} from '../${name}.png'`).join('\n')
  const tags = names
    .map(
      (name) =>
        `<Picture src={${name}} widths={[${widths}]} formats={['avif', 'webp']} fallbackFormat="jpeg" alt="" />`,
    )
    .join('\n')
  writeFiles(astro, {
    'src/pages/index.astro': `---\nimport { Picture } from 'astro:assets'\n${imports}\n---\n${tags}\n`,
  })

  const scripts = withSources('scripts', createProject)
  const script = (name) => async () => {
    rmSync(join(scripts, 'dist'), { recursive: true, force: true })
    const run = await runScript([here(`scripts/${name}.mjs`), widths.join(), formats.join()], {
      cwd: scripts,
      node: peersNode,
    })
    return weighed(run, join(scripts, 'dist'))
  }
  const vite = (project) => async () => {
    for (const made of ['dist', 'node_modules/.cache'])
      rmSync(join(project, made), { recursive: true, force: true })
    return weighed(await viteBuild(project, peerGround), join(project, 'dist/assets'))
  }
  return {
    main: { ours: vite(ours), imagetools: vite(imagetools), script: script('sharp') },
    others: {
      '@sveltejs/enhanced-img': vite(enhanced),
      '@11ty/eleventy-img': script('eleventy'),
      'astro:assets': async () => {
        for (const made of ['dist', 'node_modules/.astro'])
          rmSync(join(astro, made), { recursive: true, force: true })
        const run = await runScript([join(astro, 'node_modules/astro/bin/astro.mjs'), 'build'], {
          cwd: astro,
          node: peersNode,
          env: { ASTRO_TELEMETRY_DISABLED: '1' },
        })
        return weighed(run, join(astro, 'dist/_astro'))
      },
    },
  }
}

function copyKept(from, to, names) {
  for (const file of names.flatMap((name) => [`${name}.png`, `${name}.json`]))
    cpSync(join(from, 'generated-images/src', file), join(to, 'generated-images/src', file))
}

/** With the number and the bytes of the pictures that a side made. */
function weighed(run, folder) {
  const files = readdirSync(folder).filter((file) => /\.(avif|webp|jpe?g)$/.test(file))
  const bytes = files.map((file) => statSync(join(folder, file)).size).reduce((a, b) => a + b, 0)
  return { ...run, files: files.length, bytes }
}
