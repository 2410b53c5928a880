// The whole site as a function: the name of a page in, its HTML out.
import { layout } from './layout.ts'
import { harbour } from './pages/harbour.ts'
import { home } from './pages/home.ts'
import { plates } from './pages/plates.ts'

/** What differs from page to page. */
export interface Page {
  readonly title: string
  readonly description: string
  readonly body: string
}

const PAGES: Readonly<Record<string, Page>> = { index: home, harbour, plates }

/** Renders a page, by the name of its HTML file. */
export function render(name: string): { head: string; body: string } {
  const page = PAGES[name]
  if (page === undefined) throw new RangeError(`there is no page ${name}`)
  return layout(name, page)
}

export type RenderSite = typeof render
