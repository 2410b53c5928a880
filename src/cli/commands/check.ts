import { EXIT, messagesOf } from '../../errors/index.ts'
import { planJson } from '../../pipeline/plan.ts'
import type { Command } from '../command.ts'
import { collectFor, PROJECT_FLAGS, planFor, withProject } from '../open.ts'
import { showPlan } from '../show-plan.ts'

/** `check`: whether everything that is asked for is kept, byte for byte. */
export const check: Command = {
  name: 'check',
  meaning: 'whether every picture is there and whole; for CI',
  usage: 'check [FLAGS]',
  details: `Reads every original and compares it with its record; spends nothing and writes nothing.
Ends with 1 where a picture is missing, stale or broken.`,
  positionals: [],
  flags: PROJECT_FLAGS,
  run: (context) =>
    withProject(context, async (project) => {
      const collection = await collectFor(project, context)
      const plan = await planFor(project, collection, context, { deep: true })
      const { terminal, args } = context
      const problems = plan.images.flatMap(({ problem }) => (problem === undefined ? [] : [problem]))
      if (args.flags.json) terminal.out(JSON.stringify({ ...planJson(plan), errors: problems }, null, 2))
      else {
        for (const message of messagesOf(problems, 'errors'))
          terminal.err(`${terminal.colors.red('✗')} ${message}`)
        showPlan(plan, terminal)
      }
      const { missing, stale, broken } = plan.totals
      return missing + stale + broken > 0 ? EXIT.pictures : EXIT.done
    }),
}
