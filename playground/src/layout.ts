// What all pages share: the head, the masthead, the foot.

import icon from './emblem.png?generate&w=64'
import emblem from './emblem.webp?generate&as=img'
import { asText, img, tag } from './html.ts'
import og from './og.jpg?generate&w=1200'
import type { Page } from './site.ts'

// Where the site would be published: previews of links need a whole address.
const HOME = 'https://ebb.example/'

const LINKS = [
  ['index', 'Issue 12'],
  ['harbour', 'The long read'],
  ['plates', 'Plates'],
] as const

/** A page with its masthead and foot. */
export function layout(name: string, { title, description, body }: Page): { head: string; body: string } {
  const links = LINKS.map(([page, text]) => {
    const here = page === name ? ' aria-current="page"' : ''
    return `<a href="./${page}.html"${here}>${text}</a>`
  }).join('')
  const head = [
    `<title>${asText(title)}</title>`,
    tag('meta', { name: 'description', content: description }),
    tag('meta', { name: 'color-scheme', content: 'light dark' }),
    tag('meta', { property: 'og:title', content: title }),
    tag('meta', { property: 'og:description', content: description }),
    tag('meta', { property: 'og:image', content: new URL(og, HOME).href }),
    tag('meta', { property: 'og:image:width', content: 1200 }),
    tag('meta', { property: 'og:image:height', content: 630 }),
    tag('link', { rel: 'icon', type: 'image/png', href: icon }),
  ].join('\n    ')
  return {
    head,
    body: `<header class="masthead">
  <a class="name" href="./index.html">${img(emblem, { sizes: '52px', first: true })}<span>Ebb</span></a>
  <nav aria-label="Pages">${links}</nav>
</header>
<main>${body}</main>
<footer class="foot">
  <p><strong>Ebb</strong> comes out four times a year, when the tide tables do.</p>
  <p>Every picture was asked for in words. <a href="./plates.html">Here are the words.</a></p>
</footer>`,
  }
}
