// The plugin for markdown-it whose HTML becomes a template of Vue (VitePress, unplugin-vue-markdown): each picture is an
// import of its specifier in the page's script, and this package's component. Names, files and money are Vite's plugin's.
import { escapeHtml } from '../embed/escape-html.ts'
import { quote } from '../embed/template.ts'
import { createError } from '../errors/index.ts'
import { altTextOf } from '../scan/specifiers/alt-text.ts'
import { isImagePath, isOurs } from '../scan/specifiers/found.ts'
import { meaningOfImage, meaningOfLink } from '../scan/specifiers/links.ts'
import { wordOf } from '../spec/set-words.ts'
import { htmlHoles } from './html-holes.ts'
import { COMPONENT, writeVue } from './vue-html.ts'

/** What is used of a token of markdown-it. */
export interface Token {
  type: string
  content: string
  children: Token[] | null
  attrs: [string, string][] | null
  readonly map: [number, number] | null
  attrGet(name: string): string | null
}

/** What is used of markdown-it; its types differ from version to version. */
export interface MarkdownIt {
  readonly core: { readonly ruler: { push(name: string, rule: (state: unknown) => void): unknown } }
}

interface State {
  tokens: Token[]
  readonly env: unknown
  readonly Token: new (type: string, tag: string, nesting: 0) => Token
}

/** Writes the pictures of a text as components, and their imports into its `<script setup>`. */
export function markdownItGenerateImages(md: MarkdownIt): void {
  md.core.ruler.push('generate-images', (given) => {
    const state = given as State
    const names = new Map<string, string>()
    const imported = (meant: string) => {
      const name = names.get(meant) ?? `generatedImage${names.size + 1}`
      names.set(meant, name)
      return name
    }
    const html: { readonly token: Token; readonly value: string }[] = []
    for (const block of state.tokens) {
      const check = (problem: string | undefined) => {
        if (problem !== undefined)
          throw createError('MISPLACED', { problem }, { places: placesOf(block, state.env) })
      }
      for (const token of [block, ...(block.children ?? [])]) {
        if (token.type === 'html_block' || token.type === 'html_inline')
          html.push({ token, value: token.content })
        else if (token.type === 'image') writeImage(token, imported, check)
        else if (token.type === 'link_open') writeLink(token, imported, check)
      }
    }
    for (const { node, pictures } of htmlHoles(html)) {
      for (const { problem } of pictures)
        if (problem !== undefined)
          throw createError('MISPLACED', { problem }, { places: placesOf(node.token, state.env) })
      node.token.content = writeVue(node.value, pictures, imported)
    }
    if (names.size > 0) addScript(state, scriptOf(names))
  })
}

type Imported = (meant: string) => string
type Check = (problem: string | undefined) => void

function writeImage(token: Token, imported: Imported, check: Check): void {
  const src = token.attrGet('src') ?? ''
  if (!isOurs(src)) return
  const { meant, problem } = meaningOfImage(src, altTextOf(token.content))
  check(problem)
  const as = wordOf(meant, 'as')
  const alt = (token.children ?? []).map(spokenBy).join('').trim()
  const title = token.attrGet('title')
  const said = [...(alt === '' ? [] : [['alt', alt]]), ...(title === null ? [] : [['title', title]])]
  const attributes = said.map(([name, value]) => ` ${name}="${escapeHtml(value!)}"`).join('')
  const isPicture = as === 'picture' || as === 'img'
  token.type = 'html_inline'
  token.children = null
  token.content = isPicture
    ? `<${COMPONENT} :of="${imported(meant)}"${attributes} />`
    : `<img :src="${imported(meant)}"${attributes} loading="lazy" decoding="async">`
}

const spokenBy = ({ type, content }: Token) => (/break$/.test(type) ? ' ' : content)

function writeLink(token: Token, imported: Imported, check: Check): void {
  const href = token.attrGet('href') ?? ''
  if (!isOurs(href) || !isImagePath(href)) return
  const { meant, problem } = meaningOfLink(href)
  check(problem)
  token.attrs = token.attrs!.map(([name, value]) =>
    name === 'href' ? [':href', imported(meant)] : [name, value],
  )
}

const scriptOf = (names: ReadonlyMap<string, string>) =>
  [
    `import { Picture as ${COMPONENT} } from 'unplugin-generate-images/vue'`,
    ...[...names].map(([meant, name]) => `import ${name} from ${quote(meant)}`),
  ].join('\n')

/** A page has one script of its kind: the author's, where there is one. */
function addScript(state: State, script: string): void {
  const own = state.tokens.find(({ type, content }) => type === 'html_block' && SETUP.test(content))
  if (own !== undefined) {
    own.content = own.content.replace(SETUP, (tag) => `${tag}\n${script}\n`)
    return
  }
  const token = new state.Token('html_block', '', 0)
  token.content = `<script setup>\n${script}\n</script>\n`
  state.tokens.push(token)
}

const SETUP = /<script\b[^>]*\bsetup\b[^>]*>/i

function placesOf({ map }: Token, env: unknown) {
  const { relativePath, path } = Object(env) as { relativePath?: string; path?: string }
  const file = relativePath ?? path
  return file === undefined ? [] : [{ file, ...(map === null ? {} : { line: map[0] + 1 }) }]
}
