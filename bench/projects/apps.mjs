// One page with many pictures, written once for this package and once for what it is compared with.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeFiles } from './project.mjs'

const PAGE = '<!doctype html><title>Bench</title><script type="module" src="/src/main.js"></script>\n'
const each = (count, text) => Array.from({ length: count }, (_, i) => text(i)).join('')
const list = (count) => `globalThis.pictures = [${each(count, (i) => `p${i}, `)}]\n`

/** The page of this package: a module that imports `count` pictures. */
export const writeOurApp = (folder, count) => writeImportingApp(folder, count, 'generate&as=picture', 'jpg')

/** The page of vite-imagetools and of what is built on it; `query` is what stands after the file's name. */
export function writeImportingApp(folder, count, query, extension = 'png') {
  const imports = each(count, (i) => `import p${i} from './p${i}.${extension}?${query}'\n`)
  writeFiles(folder, { 'index.html': PAGE, 'src/main.js': imports + list(count) })
}

/**
 * The floor: a module that imports the finished files (those of a build of ours, in `built`) as plain assets, and makes the
 * same objects of their addresses.
 */
export function writeFloorApp(folder, built) {
  const files = readdirSync(built).flatMap((file) => {
    const [, name, width, format] = /^(p\d+)-(\d+)\W.*\.(avif|webp|jpg|png)$/.exec(file) ?? []
    return name === undefined ? [] : [{ file, name, width: Number(width), format }]
  })
  mkdirSync(join(folder, 'src/pictures'), { recursive: true })
  for (const { file, name, width, format } of files)
    copyFileSync(join(built, file), join(folder, 'src/pictures', `${name}-${width}.${format}`))

  const ident = ({ name, width, format }) => `${name}_${width}_${format}`
  const imports = files.map(
    (one) => `import ${ident(one)} from './pictures/${one.name}-${one.width}.${one.format}'\n`,
  )
  const objects = Object.entries(groupBy(files, ({ name }) => name)).map(([name, own]) => {
    const formats = groupBy(own, ({ format }) => format)
    const widest = Math.max(...own.map(({ width }) => width))
    const srcset = (some) =>
      some
        .sort((a, b) => a.width - b.width)
        .map((one) => `\${${ident(one)}} ${one.width}w`)
        .join(', ')
    const fallback = formats.jpg ?? formats.png
    const others = Object.entries(formats)
      .filter(([, some]) => some !== fallback)
      .map(([format, some]) => `${format}: \`${srcset(some)}\``)
    const size = `width: ${widest}, height: ${Math.round((widest * 2) / 3)}, alt: 'Picture ${name.slice(1)}'`
    return `{ img: { src: ${ident(fallback.at(-1))}, srcset: \`${srcset(fallback)}\`, ${size} }, sources: { ${others.join(', ')} } },\n`
  })
  writeFiles(folder, {
    'index.html': PAGE,
    'src/main.js': `${imports.join('')}globalThis.pictures = [${objects.join('')}]\n`,
  })
  return files.length
}

function groupBy(values, keyOf) {
  const groups = {}
  for (const value of values) {
    const key = keyOf(value)
    groups[key] ??= []
    groups[key].push(value)
  }
  return groups
}
