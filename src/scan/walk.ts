import { readdirSync } from 'node:fs'

/** Whether what lies in a folder is looked into; `path` is the folder's, from the root. */
export type Enter = (name: string, path: string) => boolean

/**
 * Every file below `root`: paths relative to it, with forward slashes, in no order. Whatever begins with a dot and symbolic
 * links are left out; folders that may not be read are passed over.
 */
export function walk(root: string, enter: Enter): string[] {
  const files: string[] = []
  const folders = ['']
  for (const folder of folders) {
    for (const entry of entriesOf(`${root}/${folder}`)) {
      const { name } = entry
      if (name.startsWith('.')) continue
      if (entry.isFile()) files.push(folder + name)
      else if (entry.isDirectory() && enter(name, folder + name)) folders.push(`${folder}${name}/`)
    }
  }
  return files
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
