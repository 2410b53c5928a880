/** A dated snapshot behaves as the model it is a snapshot of: `gpt-image-2-2026-04-21` as `gpt-image-2`. */
const snapshot = /-\d{4}-\d{2}-\d{2}$/

/**
 * Finds the row of a model in a table: its own name first, then the name without the date of a snapshot, then the
 * longest family. A family's name ends in `-*`: `gpt-image-2.5-*` holds `gpt-image-2.5` and all that begins with
 * `gpt-image-2.5-`.
 */
export function lookup<Row>(table: Readonly<Record<string, Row>>, model: string): Row | undefined {
  const undated = model.replace(snapshot, '')
  const name = [model, undated].find((own) => Object.hasOwn(table, own)) ?? familyIn(table, undated)
  return name === undefined ? undefined : table[name]
}

function familyIn(table: Readonly<Record<string, unknown>>, model: string): string | undefined {
  return Object.keys(table)
    .filter((name) => name.endsWith('-*') && `${model}-`.startsWith(name.slice(0, -1)))
    .sort((a, b) => b.length - a.length)[0]
}
