// A project as a person has it: a folder outside this repository, with packages in node_modules.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repository } from '../places.mjs'

/** Makes the folder with the given files (text by path), and links to packages: the folder of each by its name. */
export function createProject(folder, { files = {}, packages = {} } = {}) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  const all = { 'unplugin-generate-images': repository, ...packages }
  for (const [name, from] of Object.entries(all)) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(from, link, 'junction')
  }
  writeFiles(folder, { 'package.json': '{ "private": true, "type": "module" }\n', ...files })
  return folder
}

/** Writes files below a folder, and the folders that they are in. */
export function writeFiles(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A package that is installed for this repository, or in another folder. */
export const installed = (name, folder = repository) => join(folder, 'node_modules', name)
