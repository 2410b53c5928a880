// What the pictures weigh, before and after.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const PHONE = 800

/**
 * Counts files and bytes of the originals and of the site's renditions, and what visitors download of the AVIF files
 * that the pages name: the widest of each picture (`wide`), and the narrowest of at least 800 pixels (`phone`).
 */
export function weighSite({ originals, site }) {
  const records = filesIn(originals).filter((file) => file.endsWith('.json'))
  const kept = records.map((file) => JSON.parse(readFileSync(file, 'utf8')).original)
  const assets = filesIn(join(site, 'assets')).filter((file) => /\.(avif|webp|jpg)$/.test(file))
  const choices = srcsetsOf(site).map((srcset) =>
    srcset.split(', ').map((candidate) => {
      const [file, width] = candidate.split(' ')
      return { file, width: Number.parseInt(width, 10) }
    }),
  )
  const bytesOf = (pick) => {
    const files = new Set(choices.map((candidates) => pick(candidates).file))
    return sum([...files].map((file) => statSync(join(site, file)).size))
  }
  return {
    originals: { files: kept.length, bytes: sum(kept.map(({ bytes }) => bytes)) },
    renditions: { files: assets.length, bytes: sum(assets.map((file) => statSync(file).size)) },
    wide: bytesOf((candidates) => candidates.at(-1)),
    phone: bytesOf((candidates) => candidates.find(({ width }) => width >= PHONE) ?? candidates.at(-1)),
  }
}

function srcsetsOf(site) {
  const pages = readdirSync(site).filter((file) => file.endsWith('.html'))
  return pages.flatMap((page) =>
    [...readFileSync(join(site, page), 'utf8').matchAll(/type="image\/avif"[^>]* srcset="([^"]+)"/g)].map(
      ([, srcset]) => srcset,
    ),
  )
}

function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  // Names that begin with a dot are the takes and the spool: not meant for the site.
  return entries
    .filter(
      (entry) => entry.isFile() && !`${entry.parentPath.slice(folder.length)}/${entry.name}`.includes('/.'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
