// What docs/frameworks.md shows is what is built: each of its blocks is in the file that its first line names, of an example
// that its section leads to.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EXAMPLES } from './examples/examples.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const page = read('docs/frameworks.md')
const sections = page.split(/^## /m).slice(1)

/** The text of a file of one of some examples; empty where none has it. */
function fileOf(folders: readonly string[], name: string, text: string): string {
  const texts = folders.map((folder) => {
    try {
      return read(`examples/${folder}/${name}`)
    } catch {
      return ''
    }
  })
  return texts.find((one) => one.includes(text)) ?? texts.find((one) => one !== '') ?? ''
}

describe('docs/frameworks.md', () => {
  it.each(sections.map((text) => [text.slice(0, text.indexOf('\n')), text] as const))(
    'shows the files of the examples of %s',
    (_, section) => {
      const folders = [...section.matchAll(/\(\.\.\/examples\/([\w-]+)\)/g)].map(([, folder]) => folder!)
      const blocks = [...section.matchAll(/```\w+\n(?:\/\/|<!--) (\S+)(?: -->)?\n([\s\S]*?)\n```/g)]
      expect(blocks.length).toBeGreaterThan(1)
      expect(blocks).toHaveLength([...section.matchAll(/^```\w/gm)].length)
      for (const [, name, text] of blocks) expect(fileOf(folders, name!, text!)).toContain(text)
    },
  )

  it('names every example that has no part of the README, and no other', () => {
    const readme = read('README.md')
    const elsewhere = EXAMPLES.filter(({ title }) => readme.includes(`\n### ${title}\n`))
    const named = [...page.matchAll(/\(\.\.\/examples\/([\w-]+)\)/g)].map(([, folder]) => folder!)
    const expected = EXAMPLES.filter((one) => !elsewhere.includes(one)).map(({ folder }) => folder)
    expect([...new Set(named)].sort()).toEqual(expected.sort())
  })
})
