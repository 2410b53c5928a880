// What a project pays that has the plugin and no picture: importing it, and a build without a single `?generate`.
import { join } from 'node:path'
import { interleave, runScript } from '../measure.mjs'
import { createProject, installed, writeFiles } from '../projects/project.mjs'
import { createViteProject, OURS, viteBuild } from '../projects/vite.mjs'
import { rowsOf } from '../rows.mjs'

export async function imports({ small, runs, folder, say }) {
  const count = small ? 10 : 200
  const project = createProject(join(folder, 'imports'), {
    files: {
      'ours.mjs': `import 'unplugin-generate-images/vite'\n`,
      'unplugin.mjs': `import 'unplugin'\n`,
    },
    packages: { unplugin: installed('unplugin') },
  })
  const importing = (file) => () => runScript([file], { cwd: project })
  // These take a tenth of a second: more rounds cost nothing and say more.
  const loaded = await interleave(
    { ours: importing('ours.mjs'), unplugin: importing('unplugin.mjs') },
    { runs: small ? runs : runs * 4, warmUp: true, say },
  )

  const [withIt, without] = [[OURS], []].map((plugins, i) => {
    const app = createViteProject(join(folder, `app-${i}`), { plugins })
    writeFiles(app, plainApp(count))
    return () => viteBuild(app)
  })
  const built = await interleave(
    { ours: withIt, without },
    { runs: small ? runs : runs * 2, warmUp: true, say },
  )
  return {
    rows: [
      ...rowsOf({
        ...{ what: 'importing the Vite entry', ours: loaded.ours, other: loaded.unplugin },
        ...{ to: 'importing unplugin', targets: { time: { atMost: 1.5 }, cpu: {}, memory: {} } },
      }),
      ...rowsOf({
        ...{
          what: `Vite build of ${count} modules without a picture`,
          ours: built.ours,
          other: built.without,
        },
        ...{ to: 'without the plugin', targets: { time: { atMost: 1.05 }, cpu: {}, memory: {} } },
      }),
    ],
    samples: { loaded, built },
  }
}

/** A page of modules of some forty lines, each imported by the first. */
function plainApp(count) {
  const names = Array.from({ length: count }, (_, i) => `m${i}`)
  const lines = (name) =>
    Array.from({ length: 40 }, (_, i) => `export const ${name}_${i} = (value) => value + ${i} + '${name}'`)
  return {
    'index.html': '<!doctype html><title>Bench</title><script type="module" src="/src/main.js"></script>\n',
    'src/main.js': `${names.map((name) => `import * as ${name} from './${name}.js'`).join('\n')}\nconsole.log(${names})\n`,
    ...Object.fromEntries(names.map((name) => [`src/${name}.js`, `${lines(name).join('\n')}\n`])),
  }
}
