import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Files } from '../support/site.ts'
import { projectWith, steady } from './support.ts'

// As `npm create vite@latest -- --template vanilla-ts` writes it, 2026-11.
const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2023",
    "module": "esnext",
    "lib": ["ES2023", "DOM"],
    "types": ["vite/client"],
    "allowArbitraryExtensions": true,
    "skipLibCheck": true,

    /* Bundler mode */
    "moduleResolution": "bundler",
    "allowImportingTsExtensions": true,
    "verbatimModuleSyntax": true,
    "moduleDetection": "force",
    "noEmit": true,

    /* Linting */
    "noUnusedLocals": true,
    "noUnusedParameters": true,
    "erasableSyntaxOnly": true,
    "noFallthroughCasesInSwitch": true
  },
  "include": ["src"]
}
`
const TEMPLATE: Files = {
  'index.html': '<script type="module" src="/src/main.ts"></script>',
  'package.json': '{ "name": "x", "devDependencies": { "vite": "^8.3.4" } }',
  'src/main.ts': 'document.body.textContent = "Hello"\n',
  'tsconfig.json': TSCONFIG,
}
const TYPES = 'generate-images.d.ts'

/** The files of a project, without what is only remembered. */
async function contents(site: Awaited<ReturnType<typeof projectWith>>): Promise<Record<string, string>> {
  const files = (await site.tree('.')).filter((file) => !file.startsWith('node_modules/'))
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, String(await site.read(file))] as const)),
  )
}

describe('init', () => {
  it('sets the template of Vite up, and changes nothing a second time', async () => {
    const site = await projectWith(TEMPLATE)
    expect(steady(await site.sh(['init']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      wrote src/images.prompts.json
      wrote generate-images.d.ts
      added generate-images.d.ts to tsconfig.json
      Next:
        vite.config.ts   import generateImages from 'unplugin-generate-images/vite'; export default { plugins: [generateImages()] }
        .env.local       COMETAPI_KEY=… or OPENAI_API_KEY=…, kept out of git
        any source file  import boat from './paper-boat.png?generate&as=picture'
        terminal         npx generate-images plan
      "
    `)
    const first = await contents(site)
    expect(first['tsconfig.json']).toBe(TSCONFIG.replace('["src"]', `["src", "${TYPES}"]`))
    expect(`\n${first['src/images.prompts.json']}`).toMatchInlineSnapshot(`
      "
      {
        "$schema": "../node_modules/unplugin-generate-images/dist/schema.json",
        "images": {
          "paper-boat": {
            "prompt": "A paper boat floating on calm water at sunrise.",
            "alt": "A paper boat at sunrise"
          }
        }
      }
      "
    `)
    expect(first[TYPES]).toContain('"src/paper-boat"')
    expect(Object.keys(first).sort()).toEqual(
      [...Object.keys(TEMPLATE), TYPES, 'src/images.prompts.json'].sort(),
    )

    expect(steady(await site.sh(['init']))).toContain('Everything is in place.')
    expect(await contents(site)).toEqual(first)
  })

  it('writes a manifest that is right', async () => {
    const { sh } = await projectWith(TEMPLATE)
    await sh(['init'])
    expect(await sh(['plan'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('1 picture to ask for'),
    })
  })

  it('leaves a project alone that asks for pictures already', async () => {
    const site = await projectWith({
      'images.prompts.json': '{ "images": { "boat": "A boat." } }',
      'src/main.ts': "import boat from './ship.png?generate&prompt=A+ship'\n",
      'vite.config.ts': "import generateImages from 'unplugin-generate-images/vite'\n",
      '.env.local': 'COMETAPI_KEY=k',
    })
    expect(steady(await site.sh(['init']))).toMatchInlineSnapshot(`
      "
      status 0
      --- out
      wrote generate-images.d.ts
      Next:
        terminal  npx generate-images plan
      "
    `)
    expect((await site.read('images.prompts.json')).toString()).toContain('A boat.')
    expect(await site.tree('src')).toEqual(['main.ts'])
  })

  it('does not overwrite a manifest without pictures', async () => {
    const site = await projectWith({ 'src/images.prompts.json': '{ "images": {} }' })
    expect(await site.sh(['init'])).toMatchObject({ status: 0 })
    expect(String(await site.read('src/images.prompts.json'))).toBe('{ "images": {} }')
  })

  it('writes nothing where the manifests have mistakes', async () => {
    const site = await projectWith({ ...TEMPLATE, 'src/images.prompts.json': '{ "images": 7 }' })
    expect(await site.sh(['init'])).toMatchObject({ status: 2 })
    expect(await site.tree('.')).not.toContain(TYPES)
  })

  it('writes the manifest into the root where there is no src', async () => {
    const site = await projectWith({ 'index.html': '' })
    expect((await site.sh(['init'])).out).toContain('wrote images.prompts.json')
    expect(JSON.parse(String(await site.read('images.prompts.json'))).$schema).toBe(
      './node_modules/unplugin-generate-images/dist/schema.json',
    )
  })

  it('writes no types where the options want none', async () => {
    const site = await projectWith({ ...TEMPLATE, 'generate-images.config.json': { types: false } })
    expect(await site.sh(['init'])).toMatchObject({ status: 0 })
    expect(await site.tree('.')).not.toContain(TYPES)
    expect(String(await site.read('tsconfig.json'))).toBe(TSCONFIG)
  })

  it('prints JSON', async () => {
    const { sh } = await projectWith(TEMPLATE)
    const { out, err } = await sh(['init', '--json'])
    expect(err).toBe('')
    expect(JSON.parse(out)).toMatchInlineSnapshot(`
      {
        "done": [
          "wrote src/images.prompts.json",
          "wrote generate-images.d.ts",
          "added generate-images.d.ts to tsconfig.json",
        ],
        "next": [
          "vite.config.ts: import generateImages from 'unplugin-generate-images/vite'; export default { plugins: [generateImages()] }",
          ".env.local: COMETAPI_KEY=… or OPENAI_API_KEY=…, kept out of git",
          "any source file: import boat from './paper-boat.png?generate&as=picture'",
          "terminal: npx generate-images plan",
        ],
      }
    `)
  })
})

describe('init and the plugin', () => {
  const next = async (files: Files) => (await (await projectWith(files)).sh(['init'])).out

  it('names the line that a configuration of Vite lacks, and leaves the file alone', async () => {
    const config = "import { defineConfig } from 'vite'\nexport default defineConfig({})\n"
    const site = await projectWith({ ...TEMPLATE, 'vite.config.mts': config })
    expect((await site.sh(['init'])).out).toMatch(
      /vite\.config\.mts +import generateImages .*, and generateImages\(\) in plugins/,
    )
    expect(String(await site.read('vite.config.mts'))).toBe(config)
  })

  it('says nothing of Vite where there is none', async () => {
    expect(await next({ 'package.json': '{}', 'src/main.js': '' })).not.toContain('vite')
  })

  it('says what to write where there is Vite and no configuration', async () => {
    expect(await next({ 'package.json': '{ "dependencies": { "vite": "*" } }' })).toContain('vite.config.js')
    expect(await next(TEMPLATE)).toContain('vite.config.ts')
  })
})

describe('init and tsconfig.json', () => {
  /** The tsconfig files that changed, with their new text. */
  async function changed(files: Record<string, string>, more: Files = {}): Promise<Record<string, string>> {
    const site = await projectWith({ 'src/main.ts': '', ...files, ...more })
    expect((await site.sh(['init'])).status).toBe(0)
    const after = await contents(site)
    return Object.fromEntries(
      Object.entries(after).filter(([file, text]) => file in files && files[file] !== text),
    )
  }

  it.each([
    ['one line', '{ "include": ["src"] }', '{ "include": ["src", "generate-images.d.ts"] }'],
    ['none yet', '{"include":[]}', '{"include":["generate-images.d.ts"]}'],
    [
      'a line each',
      '{\r\n\t"include": [\r\n\t\t"src", // ours\r\n\t\t"tests"\r\n\t]\r\n}',
      '{\r\n\t"include": [\r\n\t\t"src", // ours\r\n\t\t"tests",\r\n\t\t"generate-images.d.ts"\r\n\t]\r\n}',
    ],
    [
      'a comma at the end',
      '{ "include": [\n  "src", /* all */\n], }',
      '{ "include": [\n  "src",\n  "generate-images.d.ts", /* all */\n], }',
    ],
    ['files', '{ "files": ["src/main.ts"] }', '{ "files": ["src/main.ts", "generate-images.d.ts"] }'],
    [
      'a byte order mark',
      '\uFEFF{ "include": ["src"] }',
      '\uFEFF{ "include": ["src", "generate-images.d.ts"] }',
    ],
    ['a pattern', '{ "include": ["src/**/*.ts"] }', '{ "include": ["src/**/*.ts", "generate-images.d.ts"] }'],
  ])('adds to %s', async (_, before, after) => {
    expect(await changed({ 'tsconfig.json': before })).toEqual({ 'tsconfig.json': after })
  })

  it.each([
    '{}',
    '{ "include": ["."] }',
    '{ "include": ["./"] }',
    '{ "include": ["**/*"] }',
    '{ "include": ["*.d.ts", "src"] }',
    '{ "include": ["./generate-images.d.ts"] }',
    '{ "include": ["src", "generate-images.d.ts"] }',
  ])('has nothing to add to %s', async (text) => {
    const site = await projectWith({ 'tsconfig.json': text })
    expect((await site.sh(['init'])).out).not.toContain('tsconfig')
    expect(String(await site.read('tsconfig.json'))).toBe(text)
  })

  it.each([
    '{ "extends": "./base.json" }',
    '{ "include": [',
    '[]',
    '{ "files": [], "references": [{ "path": "./nope" }] }',
  ])('says so where it can not tell: %s', async (text) => {
    const site = await projectWith({ 'tsconfig.json': text })
    expect((await site.sh(['init'])).out).toMatch(
      /tsconfig\.json +see that it includes generate-images\.d\.ts/,
    )
    expect(String(await site.read('tsconfig.json'))).toBe(text)
  })

  const REFERENCES = `{
  "files": [],
  "references": [
    { "path": "./tsconfig.node.json" },
    { "path": "./tsconfig.app.json" }
  ]
}
`
  it('adds to the one of its references that has the sources', async () => {
    const files = {
      'tsconfig.json': REFERENCES,
      'tsconfig.node.json': '{ "include": ["vite.config.ts"] }',
      'tsconfig.app.json': '{\n  /* Bundler mode */\n  "include": ["src"]\n}\n',
    }
    expect(await changed(files)).toEqual({
      'tsconfig.app.json': '{\n  /* Bundler mode */\n  "include": ["src", "generate-images.d.ts"]\n}\n',
    })
  })

  it('touches no package of a monorepo', async () => {
    const files = {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "packages/a" }, { "path": "packages/b" }] }',
      'packages/a/tsconfig.json': '{ "include": ["src"] }',
      'packages/b/tsconfig.json': '{}',
    }
    expect(await changed(files, { 'packages/a/src/main.ts': '' })).toEqual({})
  })

  it('adds a file in a folder by its path from the tsconfig', async () => {
    const more: Files = { 'generate-images.config.json': { types: 'types/images.d.ts' } }
    expect(await changed({ 'tsconfig.json': '{ "include": ["src"] }' }, more)).toEqual({
      'tsconfig.json': '{ "include": ["src", "types/images.d.ts"] }',
    })
    expect(await changed({ 'tsconfig.json': '{ "include": ["types"] }' }, more)).toEqual({})
  })

  it('writes nothing through a link that leads out of the project', async () => {
    const outside = await projectWith({ 'tsconfig.json': TSCONFIG, 'types.d.ts': '', 'src/a.ts': '' })
    const before = await contents(outside)
    const links = [
      ['src', 'src'],
      ['tsconfig.json', 'tsconfig.json'],
      ['generate-images.d.ts', 'types.d.ts'],
      ['generate-images.d.ts', 'none.d.ts'],
    ] as const
    for (const [path, target] of links) {
      const site = await projectWith(TEMPLATE)
      await site.remove(...(path in TEMPLATE || path === 'src' ? [path] : []))
      await symlink(join(outside.root, target), join(site.root, path))
      const { status, err } = await site.sh(['init'])
      expect([path, status]).toEqual([path, 2])
      expect(err).toContain(`${path} is a link that leads out of the project`)
      expect(await contents(outside)).toEqual(before)
    }
  })

  it('leaves a tsconfig outside of the project alone that the one inside refers to', async () => {
    const site = await projectWith({
      'tsconfig.all.json': '{ "include": ["app/src"] }',
      'app/tsconfig.json': '{ "files": [], "references": [{ "path": "../tsconfig.all.json" }] }',
      'app/src/main.ts': '',
    })
    const { status, out } = await site.sh(['init'], { cwd: join(site.root, 'app') })
    expect(status).toBe(0)
    expect(out).toContain('../tsconfig.all.json  see that it includes generate-images.d.ts')
    expect(String(await site.read('tsconfig.all.json'))).toBe('{ "include": ["app/src"] }')
  })
})
