// The flags of `npm run bench`.
import { parseArgs } from 'node:util'

/**
 * `small`: few pictures and one round, to see that everything runs; its figures mean nothing. `runs`: rounds of each
 * measure. `only`: names of measures, all unless told. `keep`: leaves the projects where they were made.
 */
export function readOptions(args, names) {
  const { values } = parseArgs({
    args,
    options: {
      small: { type: 'boolean', default: false },
      runs: { type: 'string' },
      only: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  })
  const runs = Number(values.runs ?? (values.small ? 1 : 5))
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs ${values.runs}: a whole number from 1`)
  const only = values.only?.split(',') ?? names
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(',')}: the measures are ${names.join(', ')}`)
  return { ...values, runs, only }
}
