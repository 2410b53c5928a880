import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

// The rooms, ground floor first. A file imports from lower floors and from its own room alone.
const FLOORS = [
  ['errors'],
  ['spec'],
  ['api', 'store', 'render', 'scan'],
  ['pipeline', 'embed', 'emulator'],
  ['config', 'svelte'],
  ['gallery'],
  ['plugin'],
  ['export'],
  ['markdown'],
  ['astro', 'cli'],
]
// An emulator that reuses the client, the models or the renderer would prove nothing of them.
const ALLOWED_IN: Readonly<Record<string, readonly string[]>> = {
  emulator: ['errors', 'api/wire.ts'],
}
// The entry of each bundler.
const ENTRIES = ['astro', 'vite', 'webpack', 'rspack', 'rollup', 'rolldown', 'esbuild', 'farm'].map(
  (name) => `${name}.ts`,
)
// Those whose bundlers take our hooks as they stand.
const WITHOUT_UNPLUGIN = ['astro.ts', 'vite.ts', 'rollup.ts', 'rolldown.ts', 'esbuild.ts', 'farm.ts']
// What is part of the built package, and so not installed beside it.
const BUNDLED = [
  'csv-parse',
  'fast-glob',
  'fastest-levenshtein',
  'js-tokens',
  'jsonc-parser',
  'p-queue',
  'picocolors',
  'picomatch',
  'yaml',
]
// What a package outside may be imported by; others may be imported anywhere in src.
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  sharp: ['render/', 'emulator/encode.ts'],
  'fast-glob': ['scan/', 'store/'],
  jiti: ['config/'],
  picocolors: ['cli/'],
  picomatch: ['cli/'],
  astro: ['astro/'],
  react: ['react.ts'],
  vue: ['vue.ts'],
  svelte: ['svelte/'],
  unplugin: ['index.ts', ...ENTRIES, 'plugin/'],
  vite: ['vite.ts', 'nuxt.ts', 'astro/', 'plugin/'],
}

interface Import {
  readonly from: string
  readonly to: string
  readonly dynamic: boolean
  readonly typeOnly: boolean
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ts$/.test(file))
const text = (file: string) => readFileSync(join(SRC, file), 'utf8')
const imports = files.flatMap(importsOf)

function importsOf(from: string): Import[] {
  const code = text(from).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const found: Import[] = []
  for (const [, keyword, clause = '', to] of code.matchAll(
    /(?:^|\n)\s*(import|export)\s([^'"`;]*?\sfrom\s)?'([^']+)'/g,
  )) {
    const typeOnly = /^type\s/.test(clause)
    if (keyword === 'import' || clause !== '') found.push({ from, to: to!, dynamic: false, typeOnly })
  }
  for (const [, to] of code.matchAll(/import\('([^']+)'\)/g))
    found.push({ from, to: to!, dynamic: true, typeOnly: false })
  return found
}

const inside = ({ from, to }: Import) =>
  to.startsWith('.') ? relative(SRC, resolve(SRC, dirname(from), to)).replaceAll('\\', '/') : undefined
const roomOf = (file: string) => (file.includes('/') ? file.split('/')[0]! : '')
const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room))
const packageOf = (to: string) =>
  to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')

describe('the rooms', () => {
  it('are all on a floor', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== ''))
    expect([...rooms].filter((room) => floorOf(room) === -1)).toEqual([])
    expect(imports.length).toBeGreaterThan(200)
  })

  it('import lower floors alone', () => {
    const wrong = imports.filter((one) => {
      const target = inside(one)
      const [from, to] = [roomOf(one.from), target === undefined ? '' : roomOf(target)]
      if (target === undefined || from === '' || from === to) return false
      const allowed = ALLOWED_IN[from]
      if (allowed !== undefined) return !allowed.includes(to) && !allowed.includes(target)
      return floorOf(to) >= floorOf(from)
    })
    // The declarations of the published types name the entry that they belong to.
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })

  it.each(Object.entries(ONLY_IN))('import %s in few places', (name, places) => {
    const used = imports.filter(({ to }) => packageOf(to) === name).map(({ from }) => from)
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter((from) => !places.some((place) => from.startsWith(place)))).toEqual([])
  })

  it('have no circle of imports between files', () => {
    const graph = new Map(files.map((file) => [file.replaceAll('\\', '/'), new Set<string>()]))
    for (const one of imports)
      if (!one.typeOnly && !one.dynamic) graph.get(one.from.replaceAll('\\', '/'))?.add(inside(one) ?? '')
    const circles: string[] = []
    const done = new Set<string>()
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      if (path.includes(file) || done.has(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...path, file])
      done.add(file)
    }
    for (const file of graph.keys()) visit(file, [])
    expect(circles).toEqual([])
  })
})

describe('the edges', () => {
  const matching = (pattern: RegExp) =>
    files.filter((file) => pattern.test(text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))

  it('read the environment in config and the process in cli alone', () => {
    expect(matching(/process\.env/)).toEqual(['cli/main.ts', 'config/environment.ts'])
    expect(matching(/process\.(exit\b|exitCode|argv)/)).toEqual(['cli/main.ts'])
    expect(matching(/\bconsole\./)).toEqual([])
  })

  it('declare every dependency, and use every one', () => {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(
      readFileSync(join(SRC, '../package.json'), 'utf8'),
    )
    const used = new Set(
      imports
        .filter((one) => inside(one) === undefined)
        .map(({ to }) => packageOf(to))
        .filter((to) => !to.startsWith('node:')),
    )
    const others = [...used].filter(
      (name) => !(name in peerDependencies) && name !== 'unplugin-generate-images',
    )
    expect(others.filter((name) => name in dependencies).sort()).toEqual(Object.keys(dependencies).sort())
    expect(others.filter((name) => !(name in dependencies)).sort()).toEqual(BUNDLED)
    for (const name of BUNDLED) expect(devDependencies).toHaveProperty(name)
    expect(Object.keys(peerDependencies)).toContain('vite')
  })

  it.each(ENTRIES)('load nothing heavy with the entry %s', (entry) => {
    // What the entry of a bundler loads before a build begins, by static imports that are more than types.
    const loaded = new Set<string>()
    const packages = new Set<string>()
    const load = (file: string): void => {
      if (loaded.has(file)) return
      loaded.add(file)
      for (const one of imports.filter(
        ({ from, typeOnly, dynamic }) => from === file && !typeOnly && !dynamic,
      )) {
        const target = inside(one)
        if (target === undefined) packages.add(packageOf(one.to))
        else load(target)
      }
    }
    load(entry)
    expect([...packages].filter((name) => !name.startsWith('node:'))).toEqual(
      WITHOUT_UNPLUGIN.includes(entry) ? [] : ['unplugin'],
    )
  })
})
