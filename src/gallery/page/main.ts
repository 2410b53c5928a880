// The page: what the server has, what the person looks at, and the parts that show the one in the light of the other.
import { bytes, count, dollars } from '../../pipeline/figures.ts'
import type { Listing } from '../protocol.ts'
import { formatLooking, type Looking, parseLooking } from './address.ts'
import { createBar } from './bar.ts'
import { byId, el, fill } from './dom.ts'
import { createGrid } from './grid.ts'
import { showMakeButton } from './make-button.ts'
import { createPictureView } from './picture-view.ts'
import { problemBox, refusalBox } from './problem.ts'
import { createRunBar } from './run-bar.ts'
import { say } from './say.ts'
import { select } from './select.ts'
import { listen, readListing } from './server.ts'

const grid = createGrid(byId('pictures'))
const bar = createBar((change) => look(change))
const runBar = createRunBar()
const view = createPictureView({
  go: (picture) => look({ picture }),
  close: closePicture,
  onRun: (run) => runBar.show(run),
})

let listing: Listing | undefined
let looking: Looking = parseLooking(location.hash)
/** Whether the back button leads to the grid. */
let opened = false

function look(change: Partial<Looking>): void {
  history.replaceState(null, '', formatLooking({ ...looking, ...change }))
  follow()
}

function follow(): void {
  const before = looking.picture
  looking = parseLooking(location.hash)
  show()
  // Its card may be a new one by then, which the dialog knows nothing of.
  if (before !== undefined && looking.picture === undefined) grid.focus(before)
}

function closePicture(): void {
  if (opened) history.back()
  else look({ picture: undefined })
  opened = false
}

function show(): void {
  if (listing === undefined) return
  const shown = select(listing.pictures, looking)
  const href = (picture: string) => formatLooking({ ...looking, picture })
  bar.show(listing, looking)
  grid.show(shown, { badges: !listing.provider.emulator, href })
  showFound(shown.length, listing)
  showMakeButton(byId('make'), listing, (run) => runBar.show(run))
  view.show(listing, shown, looking.picture)
}

let searched = ''
function showFound(count: number, { pictures }: Listing): void {
  const filtered = looking.search !== '' || looking.states.length > 0
  const now = formatLooking({ ...looking, picture: undefined })
  if (now !== searched && filtered) byId('found').textContent = `${count} of ${pictures.length} pictures`
  searched = now
  const nothing = byId('nothing')
  nothing.hidden = count > 0
  if (count > 0) return
  if (pictures.length > 0) {
    const clear = () => look({ search: '', states: [] })
    fill(
      nothing,
      el('strong', {}, 'No picture is like that'),
      el('button', { type: 'button', class: 'button', onclick: clear }, 'Show all pictures'),
    )
  } else
    fill(
      nothing,
      el('strong', {}, 'No picture is asked for yet'),
      el(
        'p',
        {},
        'Write a prompt into a manifest, or import a picture with “?generate”. A first manifest is written by:',
      ),
      el('code', {}, 'npx generate-images init'),
    )
}

function summaryOf({ project, totals, pictures, provider }: Listing): string {
  const parts = [
    project,
    totals.bytes > 0 && bytes(totals.bytes),
    totals.spentUsd > 0 && `${dollars(totals.spentUsd)} spent`,
  ]
  const whom = provider.emulator ? 'drawn by the emulator' : provider.host
  return [...parts, pictures.length > 0 && whom].filter(Boolean).join(' · ')
}

let reading: Promise<void> | undefined
let again = false
function read(): void {
  if (reading !== undefined) {
    again = true
    return
  }
  reading = readListing().then((answer) => {
    reading = undefined
    if ('refusal' in answer) fill(byId('trouble'), refusalBox(answer.refusal))
    else take(answer.value)
    if (again) {
      again = false
      read()
    }
  })
}

function take(fresh: Listing): void {
  // A picture that did not change stays the same object, so that nothing is drawn again for it.
  const known = new Map(listing?.pictures.map((picture) => [picture.name, picture]))
  const pictures = fresh.pictures.map((picture) => {
    const before = known.get(picture.name)
    return before !== undefined && JSON.stringify(before) === JSON.stringify(picture) ? before : picture
  })
  listing = { ...fresh, pictures }
  document.title = `Pictures of ${fresh.project}`
  byId('project').textContent = summaryOf(fresh)
  const warnings = fresh.warnings.map((problem) => el('li', {}, problemBox(problem)))
  fill(
    byId('trouble'),
    ...fresh.mistakes.map(problemBox),
    warnings.length > 0 &&
      el(
        'details',
        { class: 'warnings' },
        el('summary', {}, count(warnings.length, 'warning')),
        el('ul', {}, ...warnings),
      ),
  )
  for (const run of fresh.runs) runBar.show(run)
  show()
}

byId('pictures').addEventListener('click', ({ target }) => {
  if ((target as Element).closest('a[data-name]') !== null) opened = true
})
document.querySelector('.skip')!.addEventListener('click', (event) => {
  event.preventDefault()
  grid.focus()
})
addEventListener('hashchange', follow)
addEventListener('keydown', (event) => {
  const typing = (event.target as Element).closest('input, textarea, select, dialog') !== null
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    byId<HTMLInputElement>('search').select()
  }
})
byId('search').addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'Enter') {
    event.preventDefault()
    grid.focus()
  }
})
listen(
  (event) => {
    if (event.type === 'run') runBar.show(event.run)
    else if (event.version !== listing?.version) read()
  },
  (away) => {
    byId('away').hidden = !away
    if (away) say('The server of the gallery is away')
  },
)
read()
