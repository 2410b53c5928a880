import { createError, EXIT } from '../../errors/index.ts'
import type { Command } from '../command.ts'
import { assertMay } from '../may-change.ts'
import { namesFor } from '../names.ts'
import { collectFor, withProject } from '../open.ts'

/** `pick`: puts a take in the place of a picture. */
export const pick: Command = {
  name: 'pick',
  meaning: 'put one of the takes of a picture in its place',
  usage: 'pick NAME TAKE [FLAGS]',
  details: `TAKE is the number that redo says. What lay there becomes a take, so that it can be picked again.
Asks for nothing and spends nothing.`,
  positionals: ['NAME', 'TAKE'],
  flags: ['config', 'mode', 'provider', 'json'],
  run: (context) =>
    withProject(context, async (project) => {
      const { terminal, args } = context
      const [word = '', number = ''] = args.positionals
      if (!/^[1-9]\d{0,5}$/.test(number)) {
        const allowed = 'a number of a take, such as 2'
        throw createError('BAD_OPTION', { option: 'TAKE', found: JSON.stringify(number), allowed })
      }
      assertMay(project, 'change')
      const collection = await collectFor(project, context)
      const [name = ''] = namesFor([word], collection)
      const { take, changed } = await project.pick(collection, name, Number(number))
      const file = project.store.layout.show(take.file)
      if (args.flags.json) terminal.out(JSON.stringify({ name, take: take.number, file, changed }, null, 2))
      else if (changed) terminal.out(`${name}: take ${take.number} lies in ${file}.`)
      else terminal.out(`${name}: take ${take.number} lies in ${file} already.`)
      return EXIT.done
    }),
}
