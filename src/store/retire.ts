import { rm, rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Holding } from './examine.ts'
import { assertNameInside, examineName, type InspectTools } from './inspect.ts'

/**
 * Takes a picture away from its name. It is whole among the takes before its file goes, and the record goes last: a crash
 * leaves a record whose picture is a take, and the next time ends it. See `Originals.retire`.
 */
export async function retire(name: string, key: string, tools: InspectTools): Promise<Holding | undefined> {
  const { layout, takes, memo } = tools
  await assertNameInside(name, tools)
  const found = await examineName(name, tools, true)
  if (found.kind === 'none' || (found.record !== undefined && found.record.key !== key)) return undefined
  if (found.kind === 'broken') throw found.problem
  const { record, file } = found
  if (found.kind === 'absent') {
    if (!record.emulated && !(await takes.holds(record.original.sha256))) throw found.problem
  } else {
    if (!record.emulated) await takes.add(record, file)
    await rm(file, { force: true })
    await memo.forget(file)
  }
  await rm(layout.record(name), { force: true })
  // Git knows no empty folders.
  for (let above = dirname(file); above.startsWith(layout.folder) && above !== layout.folder; ) {
    const emptied = await rmdir(above).then(
      () => true,
      () => false,
    )
    if (!emptied) break
    above = dirname(above)
  }
  return { record, file }
}
