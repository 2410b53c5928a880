// Sätteri, the processor of Markdown that Astro has since its version 7. Its plugins are visitors of single nodes; what
// they do with one is what the remark plugin does with a text that has it alone.
import { fileURLToPath } from 'node:url'
import type { Node } from '../embed/mdx-nodes.ts'
import { createError } from '../errors/index.ts'
import { remarkGenerateImages } from '../markdown/remark.ts'
import { isOurs } from '../scan/specifiers/found.ts'
import type { MarkdownSetup } from './markdown.ts'

/** What Sätteri tells a visitor. */
interface Visit {
  readonly fileURL: URL | undefined
  readonly source: string
  setProperty(node: Node, name: 'url' | 'alt', value: string): void
}

type Visitor = (node: Node, visit: Visit) => Promise<void>

/** A plugin of Sätteri. */
export type MdastPlugin = { readonly name: string; readonly stamp: string } & Record<
  'image' | 'html' | 'link' | 'definition',
  Visitor
>

/** The pictures of a site's Markdown as a plugin of Sätteri. */
export function mdastPlugin({ options, open, stamp, failed }: MarkdownSetup): MdastPlugin {
  const write = remarkGenerateImages.call({ data: () => ({}) }, options, open)
  const look = async ({ type, url, title, alt, value, position }: Node, { fileURL, source }: Visit) => {
    const copy = { type, url, title, alt, value, position, children: [] } as unknown as Node
    const path = fileURL === undefined ? undefined : fileURLToPath(fileURL)
    const file = { cwd: process.cwd(), path, toString: () => source }
    try {
      await write({ type: 'root', children: [copy] } as Node, file)
    } catch (error) {
      throw await failed(error)
    }
    return copy
  }
  return {
    name: 'generate-images',
    stamp,
    async image(node, visit) {
      if (!isOurs(node.url ?? '')) return
      const { url, alt } = await look(node, visit)
      visit.setProperty(node, 'url', url!)
      visit.setProperty(node, 'alt', alt ?? '')
    },
    async html(node, visit) {
      if (String(node.value).includes('generate')) await look(node, visit)
    },
    async link(node, visit) {
      if (isOurs(node.url ?? '')) await look(node, visit)
    },
    async definition({ url }) {
      if (!isOurs(url ?? '')) return
      const problem = 'here a picture is written out, ![…](…), and not referred to'
      throw await failed(createError('MISPLACED', { problem }))
    },
  }
}
