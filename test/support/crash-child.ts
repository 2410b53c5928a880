// A process that runs a project as the command line does and kills itself before or after a step of the store, such as
// `ledger.append`; without a step it goes on until somebody else kills it.
import { openProject, runOn } from './run.ts'

const [root = '', baseURL = '', step = '', when = ''] = process.argv.slice(2)
const [part = '', method = ''] = step.split('.')

// The longest jitter: whoever wants to kill it between two tries has time.
const project = await openProject({ root, provider: { baseURL, apiKey: 'sk-child' } }, { random: () => 0.99 })
await runOn(project, {
  prepare({ store }) {
    if (step === '') return
    type Steps = Record<string, (...args: unknown[]) => Promise<unknown>>
    const steps = (store as unknown as Record<string, Steps>)[part]!
    const real = steps[method]!
    steps[method] = async (...args) => {
      const result = when === 'after' ? await real(...args) : undefined
      process.kill(process.pid, 'SIGKILL')
      return result
    }
  },
})
