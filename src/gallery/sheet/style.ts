import type { Html } from './html.ts'

/** The look of a sheet: light and dark, on screens and on paper. */
export const STYLE: Html = {
  text: `
:root { color-scheme: light dark; --ink: light-dark(#1b1b1f, #e8e8ec); --quiet: light-dark(#62626b, #a0a0aa);
  --paper: light-dark(#fff, #17171a); --card: light-dark(#f5f5f7, #222226); --line: light-dark(#dcdce2, #38383f) }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .75rem } h3 { font-size: 1rem; margin: .6rem 0 .2rem; overflow-wrap: anywhere }
p { margin: .2rem 0 } .quiet { color: var(--quiet); font-weight: normal; font-size: .85rem; overflow-wrap: anywhere }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem; align-items: start }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .75rem; break-inside: avoid }
.pair { display: flex; gap: .5rem; align-items: flex-start } figure { margin: 0; flex: 1; min-width: 0 }
figure img, .none { display: block; width: 100%; border-radius: 6px } figcaption { font-size: .8rem; color: var(--quiet) }
.none { display: grid; place-items: center; border: 1px dashed var(--quiet); color: var(--quiet); box-sizing: border-box }
.facts { font-size: .85rem } .prompt, del, ins { white-space: pre-wrap; overflow-wrap: anywhere }
del, ins { display: block; text-decoration: none; padding: .25rem .5rem; border-left: 3px solid; margin: .25rem 0 }
del { border-color: light-dark(#b3261e, #f2b8b5) } ins { border-color: light-dark(#146c2e, #8fd9a0) }
del::before { content: "− " } ins::before { content: "+ " }
.problem, .mistakes { color: light-dark(#b3261e, #f2b8b5) }
`,
}
