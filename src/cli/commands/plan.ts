import { EXIT, GenerateImagesError } from '../../errors/index.ts'
import { planJson } from '../../pipeline/plan.ts'
import type { Command } from '../command.ts'
import { collectFor, PROJECT_FLAGS, planFor, withProject } from '../open.ts'
import { showPlan } from '../show-plan.ts'

/** `plan`: what a run would do and cost. Spends nothing, writes nothing. */
export const plan: Command = {
  name: 'plan',
  meaning: 'what is kept, what is missing, and what it would cost',
  usage: 'plan [FLAGS]',
  details: `Reads the project, spends nothing and writes nothing.
Ends with 0 whatever is missing, and with 3 where the plan is over the budget.`,
  positionals: [],
  flags: PROJECT_FLAGS,
  run: (context) =>
    withProject(context, async (project) => {
      const collection = await collectFor(project, context)
      const made = await planFor(project, collection, context)
      const { terminal, args } = context
      if (args.flags.json) terminal.out(JSON.stringify(planJson(made), null, 2))
      else showPlan(made, terminal)
      const over = await project.holdBudget(made).then(() => undefined, onlyOurs)
      if (over === undefined) return EXIT.done
      terminal.err(`${terminal.colors.yellow('!')} ${over.message}`)
      return over.exitCode
    }),
}

function onlyOurs(error: unknown): GenerateImagesError {
  if (error instanceof GenerateImagesError) return error
  throw error
}
