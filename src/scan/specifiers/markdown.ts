import { findInComponent } from './component.ts'
import { type Found, moved } from './found.ts'
import { readFrontMatter } from './front-matter.ts'
import { findInHtml, findPicturesInHtml } from './html.ts'
import { findInJavaScript } from './javascript.ts'
import { findLinks, type MarkdownPicture } from './links.ts'
import { codeBlocks } from './markdown-blocks.ts'
import { htmlBlocks } from './markdown-html.ts'
import { between, blank, codeSpans, type Range } from './markdown-mask.ts'

/**
 * Finds the specifiers of Markdown: pictures, links to pictures, inline HTML, values of the front matter; in MDX also
 * imports, exports, and the attributes and expressions of JSX. Code and comments do not count: they are blanked before
 * anything is looked for.
 */
export function findInMarkdown(text: string, { mdx }: { mdx: boolean }): Found[] {
  if (!text.includes('generate')) return []
  const { front, modules, prose, links } = partsOf(text, mdx)
  const found = [
    ...front.found,
    ...modules.flatMap(([start, end]) =>
      moved(findInJavaScript(text.slice(start, end), { jsx: true }), start),
    ),
    ...findLinks(links, text),
    ...(mdx
      ? [...findInComponent(prose, 'mdx'), ...findPicturesInHtml(prose, { jsx: true })]
      : findInHtml(prose)),
  ]
  return found.sort((a, b) => a.offset - b.offset)
}

/** Those that are pictures and links of the Markdown itself. */
export function findPicturesInMarkdown(text: string, { mdx }: { mdx: boolean }): MarkdownPicture[] {
  return text.includes('generate') ? findLinks(partsOf(text, mdx).links, text) : []
}

function partsOf(text: string, mdx: boolean) {
  const front = readFrontMatter(text)
  const body = blank(text, [[0, front.end]])
  const blocks = blank(body, codeBlocks(body, { indented: !mdx }))
  const modules = mdx ? moduleBlocks(blocks) : []
  const withoutModules = blank(blocks, modules)
  const spoken = blank(withoutModules, codeSpans(withoutModules))
  const prose = blank(spoken, mdx ? between(spoken, '{/*', '*/}') : between(spoken, '<!--', '-->'))
  return { front, modules, prose, links: mdx ? prose : blank(prose, htmlBlocks(spoken)) }
}

// Paragraphs of MDX that begin with `import` or `export` are code. Line by line: a pattern of many lines gives up on
// paragraphs of megabytes.
function moduleBlocks(text: string): Range[] {
  const ranges: Range[] = []
  let block: { readonly start: number; readonly isFirst: boolean; end: number } | undefined
  let afterBlank = true
  const close = () => {
    if (block?.isFirst) ranges.push([block.start, block.end])
    block = undefined
  }
  for (const { 0: line, index } of text.matchAll(/[^\n]+|\n(?=\n)/g)) {
    const isBlank = line.trim() === ''
    if (isBlank) close()
    else if (block !== undefined) block.end = index + line.length
    else if (/^(?:import|export)\b/.test(line))
      block = { start: index, isFirst: afterBlank, end: index + line.length }
    afterBlank = isBlank
  }
  close()
  return ranges
}
