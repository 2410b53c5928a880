import { createError, type GenerateImagesError } from '../errors/index.ts'
import { foldName } from '../spec/names.ts'
import type { Layout, Listed } from '../store/index.ts'

/**
 * Finds kept pictures whose names some file system takes for another's: SPELLED_OTHERWISE for a name that has no files
 * of its own and would meet those. By what is listed, because such a file system finds the files under either name.
 */
export function otherSpellings(
  listed: readonly Listed[],
  layout: Layout,
): (name: string) => GenerateImagesError | undefined {
  const names = new Set(listed.map(({ name }) => name))
  const byFold = new Map(listed.map((one) => [foldName(one.name), one]))
  return (name) => {
    if (names.has(name) || byFold.size === 0) return undefined
    const other = byFold.get(foldName(name))
    if (other === undefined) return undefined
    const type = other.record?.original.type
    const files = [layout.record, ...(type === undefined ? [] : [(of: string) => layout.picture(of, type)])]
    const renames = files.map(
      (fileOf) => [layout.show(fileOf(other.name)), layout.show(fileOf(name))] as const,
    )
    return createError('SPELLED_OTHERWISE', { there: other.name, renames }, { picture: name })
  }
}
