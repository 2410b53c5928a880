// The licences of the packages that are bundled: each asks that its text goes along with its code.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The text of the notices for the modules of a bundle, by their paths. */
export function noticesOf(modules) {
  const folders = modules.map(
    (module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replaceAll('\\', '/'))?.[0],
  )
  const notices = [...new Set(folders)].filter((folder) => folder !== undefined).map(noticeOf)
  return `This package contains code of other packages, each under its own licence.\n\n${notices.sort().join('\n')}`
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  if (file === undefined) throw new Error(`${name} has no text of its licence`)
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}
