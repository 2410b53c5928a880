// A sheet for reviews: one HTML file that needs nothing else, runs nothing, and may be attached to a pull request.
import { escapeHtml } from '../../embed/escape-html.ts'
import { bytes, count, dollars } from '../../pipeline/figures.ts'
import type { Problem, SheetData, SheetPicture } from '../protocol.ts'
import { type Html, html, join } from './html.ts'
import { STYLE } from './style.ts'

/** What a reviewer looks at first: what is wrong, then what is to be made, then what has changed. */
const ORDER = ['broken', 'missing', 'stale', 'changed', 'new', 'kept', 'orphaned'] as const
type Group = (typeof ORDER)[number]

const TITLES: Readonly<Record<Group, string>> = {
  broken: 'Broken',
  missing: 'Not made yet',
  stale: 'Stale: the prompt has changed since the picture was made',
  changed: 'Changed',
  new: 'New',
  kept: 'Unchanged',
  orphaned: 'Asked for by nothing any more',
}

/** The sheet as a whole document. */
export function sheetOf(data: SheetData): string {
  const groups = ORDER.map((group) => ({
    group,
    pictures: data.pictures.filter((picture) => groupOf(picture) === group),
  })).filter(({ pictures }) => pictures.length > 0)
  const title = `Pictures of ${data.project}`
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
<header>
<h1>${title}</h1>
<p>${summary(data)}</p>
<p class="quiet">${data.madeAt.slice(0, 16).replace('T', ' ')} UTC${data.comparedWith === null ? '' : `, compared with ${data.comparedWith}`}</p>
</header>
<main>
${mistakes(data.mistakes)}
${join(groups.map(section))}
</main>
</html>
`.text
}

function groupOf({ state, isNew, before }: SheetPicture): Group {
  if (state !== 'kept') return state
  return isNew ? 'new' : before === null ? 'kept' : 'changed'
}

function summary({ pictures, totals }: SheetData): string {
  const parts = [count(pictures.length, 'picture')]
  if (totals.bytes > 0) parts.push(bytes(totals.bytes))
  if (totals.spentUsd > 0) parts.push(`${dollars(totals.spentUsd)} spent`)
  if (totals.images > 0)
    parts.push(`${count(totals.images, 'picture')} to be made for about ${dollars(totals.estimateUsd)}`)
  return parts.join(' · ')
}

function mistakes(problems: readonly Problem[]): Html {
  if (problems.length === 0) return html``
  const items = problems.map(({ sentence, hint, places }) => {
    const where = places.map(({ file, line }) => (line === null ? file : `${file}:${line}`)).join(', ')
    return html`<li>${sentence} <span class="quiet">${where}</span><br>${hint}</li>`
  })
  return html`<section><h2>Mistakes</h2><ul class="mistakes">${join(items)}</ul></section>`
}

function section({ group, pictures }: { group: Group; pictures: readonly SheetPicture[] }): Html {
  const cards = join(pictures.map((picture) => card(picture, group)))
  return html`<section><h2>${TITLES[group]} <span class="quiet">${String(pictures.length)}</span></h2><div class="grid">${cards}</div></section>`
}

function card(picture: SheetPicture, group: Group): Html {
  const { name, preview, prompt, before, alt, problem } = picture
  const box = (image: string | null, caption: string, text: string) =>
    html`<figure>${image === null ? html`<div class="none" style="aspect-ratio: ${ratioOf(picture)}">${text}</div>` : html`<img src="${image}" alt="${text}" loading="lazy">`}<figcaption>${caption}</figcaption></figure>`
  const shown = alt === '' ? 'decorative' : (alt ?? 'no text alternative')
  const now = box(preview, before === null ? '' : 'after', preview === null ? 'not made yet' : shown)
  const old =
    before === null || before.preview === null ? html`` : box(before.preview, 'before', 'what the commit has')
  return html`<article class="${group}">
<div class="pair">${old}${now}</div>
<h3>${name}</h3>
<p class="facts">${facts(picture)}</p>
${before !== null && before.prompt !== prompt ? html`<del>${before.prompt}</del><ins>${prompt}</ins>` : html`<p class="prompt">${prompt}</p>`}
<p class="quiet">Text alternative: ${shown}</p>
${problem === null ? html`` : html`<p class="problem">${problem.sentence} ${problem.hint}</p>`}
<p class="quiet">${picture.usedIn.map(({ file, line }) => (line === null ? file : `${file}:${line}`)).join(', ')}</p>
</article>`
}

function facts({ model, size, quality, file, cost, origin, estimateUsd, how }: SheetPicture): string {
  const parts = [model, size, quality].filter((part) => part !== null && part !== '')
  if (file !== null) parts.push(`${file.width} × ${file.height}, ${bytes(file.bytes)}`)
  if (origin === 'emulator') parts.push('drawn by the emulator')
  else if (origin === 'adopted') parts.push("somebody's own")
  else if (cost?.usd != null) parts.push(dollars(cost.usd))
  if (how === 'ask') parts.push(estimateUsd === null ? 'price not known' : `about ${dollars(estimateUsd)}`)
  return parts.join(' · ')
}

const ratioOf = ({ frame }: SheetPicture) => escapeHtml(`${frame.width} / ${frame.height}`)
