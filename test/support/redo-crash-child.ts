// A process that asks for two takes of `boat`, one at a time, and kills itself after a step of the spool.
import { openProject } from './run.ts'

const [root = '', baseURL = '', step = ''] = process.argv.slice(2)
const method = step === 'spool.begin' ? 'begin' : 'receive'
const never = new AbortController().signal

const project = await openProject({ root, provider: { baseURL, apiKey: 'sk-child', concurrency: 1 } })
const { spool } = project.store
const real: (...args: never[]) => Promise<void> = spool[method]
Object.assign(spool, {
  async [method](...args: never[]) {
    await real(...args)
    process.kill(process.pid, 'SIGKILL')
  },
})
const collection = await project.collect()
await project.recover(collection, never)
await project.redo(collection, { names: ['boat'], n: 2, soon: never, now: never, onEvent: () => {} })
