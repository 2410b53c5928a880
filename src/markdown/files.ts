// Markdown whose pictures lie in a folder of the site, as finished files.
import { imageData } from '../embed/hast.ts'
import { type PageValue, writePage } from '../embed/html.ts'
import { knownPicture } from '../embed/mdx.ts'
import { become, type Node } from '../embed/mdx-nodes.ts'
import { wordOf } from '../spec/set-words.ts'
import { htmlHoles } from './html-holes.ts'
import { fillElement } from './jsx-fill.ts'
import { holesOf } from './jsx-holes.ts'
import type { PlaceFiles } from './placed.ts'
import type { Check, ImageSpot, LinkSpot, Spot } from './spots.ts'

/** Writes the pictures of a tree that stands in `file` (absolute). */
export async function writeFiles(
  spots: readonly Spot[],
  file: string,
  place: PlaceFiles,
  check: Check,
): Promise<void> {
  const { html, jsx, own } = partsOf(spots)
  const wanted = wantedIn(spots)
  for (const { node, problem } of wanted) check(node, problem)
  const given = await place(
    wanted.map(({ meant }) => meant),
    file,
  )
  const values = new Map(wanted.map(({ meant }, index) => [meant, given[index]!]))
  const valueFor = (meant: string) => values.get(meant)!
  for (const spot of own) write(spot, valueFor(spot.meant))
  for (const { node, pictures } of html)
    node.value = writePage(
      node.value as string,
      pictures,
      pictures.map(({ meant }) => valueFor(meant)),
    )
  const fillings = {
    value: (meant: string) => addressOf(valueFor(meant)),
    picture: (meant: string) => knownPicture(valueFor(meant)),
  }
  for (const { node, holes } of jsx) if (holes.length > 0) fillElement(node, holes, fillings)
}

/** A specifier of a node. */
export interface Wanted {
  readonly node: Node
  readonly meant: string
  readonly problem?: string | undefined
}

function partsOf(spots: readonly Spot[]) {
  return {
    html: htmlHoles(spots.filter(({ kind }) => kind === 'html').map(({ node }) => node)),
    jsx: spots.flatMap((spot) =>
      spot.kind === 'jsx' ? [{ node: spot.node, holes: holesOf(spot.node, spot.inPicture) }] : [],
    ),
    own: spots.flatMap((spot) => ('inPicture' in spot ? [] : [spot])),
  }
}

/** Every specifier in the nodes, with what is wrong with it there. */
export function wantedIn(spots: readonly Spot[]): Wanted[] {
  const { html, jsx, own } = partsOf(spots)
  const inHtml = html.flatMap(({ node, pictures, problem }) => [
    ...(problem === undefined ? [] : [{ node, meant: '', problem }]),
    ...pictures.map(({ meant, problem }) => ({ node, meant, problem })),
  ])
  const inJsx = jsx.flatMap(({ node, holes }) =>
    holes.map(({ meant, problem, place }) => {
      const given = place === undefined ? wordOf(meant, 'as') : null
      const isObject = given === 'picture' || given === 'img'
      return { node, meant, problem: problem ?? (isObject ? needsBundler(given) : undefined) }
    }),
  )
  return [...own, ...inHtml, ...inJsx].map(({ node, meant, problem }) => ({
    ...{ node, meant },
    problem: problem ?? (wordOf(meant, 'as') === 'original' ? needsBundler('original') : undefined),
  }))
}

const needsBundler = (as: string) => `as=${as} needs a bundler here, and files come from "outDir"`

const addressOf = (value: PageValue) =>
  typeof value === 'string' ? value : 'img' in value ? value.img.src : value.src

function write({ node, ...spot }: ImageSpot | LinkSpot, value: PageValue): void {
  const title = spot.title ?? null
  const url = addressOf(value)
  if (spot.kind === 'link') {
    become(node, { type: 'link', url, title, children: node.children ?? [] })
  } else if (typeof value === 'string') {
    become(node, { type: 'image', url, title, alt: spot.alt })
  } else {
    const alt = spot.alt === '' ? ('img' in value ? value.img : value).alt : spot.alt
    become(node, { type: 'image', url, title, alt, data: imageData(value, { alt, title }) })
  }
}
