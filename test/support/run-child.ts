// A process that runs a project as the command line does, and prints how it ended as JSON. Starts when its standard input
// ends, so that several begin at the same moment.
import { openProject, runOn } from './run.ts'

const [root = '', baseURL = '', concurrency = '5'] = process.argv.slice(2)

const project = await openProject({
  root,
  budget: { images: 1000, usd: 'none' },
  provider: { baseURL, apiKey: 'sk-child', concurrency: Number(concurrency) },
})
process.stdout.write('ready\n')
for await (const _ of process.stdin);
const { report, recovered } = await runOn(project, {
  onEvent: (event) => {
    if (event.type === 'elsewhere') process.stdout.write(`waits for ${event.name}\n`)
  },
})
const failed = [...recovered.failed, ...report.failed].map(({ error }) => error.message)
const told = { ...report, failed, recovered: recovered.names }
process.stdout.write(`${JSON.stringify(told)}\n`)
