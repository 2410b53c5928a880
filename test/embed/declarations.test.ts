import { describe, expect, it } from 'vitest'
import { embedDeclarations, manifestTypeText, modulePattern, typeText } from '../../src/embed/declarations.ts'

describe('the type of an import', () => {
  it('is that of its shape, exactly', () => {
    const types = [
      typeText('url', [], true),
      typeText('srcset', [], false),
      typeText('original', [], false),
      typeText('img', ['avif'], false),
      typeText('img', [], true),
      typeText('picture', ['avif', 'webp'], true),
      typeText('picture', [], false),
      typeText('metadata', [], false),
      manifestTypeText([
        { name: 'paper-boat', type: 'string' },
        { name: '__proto__', type: 'string' },
      ]),
      manifestTypeText([]),
    ]
    expect(`\n${types.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      string
      string
      string
      { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }
      { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string; readonly placeholder: string }
      { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: { readonly avif: string; readonly webp: string }; readonly placeholder: string }
      { readonly img: { readonly src: string; readonly srcset: string; readonly width: number; readonly height: number; readonly alt: string }; readonly sources: {} }
      import('unplugin-generate-images').GeneratedMetadata
      { readonly "paper-boat": string; readonly "__proto__": string }
      {}
      "
    `)
  })
})

describe('the name of an import', () => {
  it.each([
    ['./boat.png?generate', '*/boat.png?generate'],
    ['../../a/boat.png?generate&w=1', '*/a/boat.png?generate&w=1'],
    ['./../boat.png?generate', '*/boat.png?generate'],
    ['/src/boat.png?generate', '*/src/boat.png?generate'],
    ['boat?generate', 'boat?generate'],
    ['@/boat.png?generate', '@/boat.png?generate'],
    ['boat?generate&prompt=5*3', 'boat?generate&prompt=5*3'],
    ['boat?generate&prompt=5*3*2', '*2'],
    ['./boat.png?generate&prompt=5*3+boats', '*3+boats'],
    ['/boat.png?generate&prompt=**&as=img', '*&as=img'],
  ])('%s is %s', (written, pattern) => {
    expect(modulePattern(written)).toBe(pattern)
    // TypeScript takes one wildcard, and no relative name.
    expect(pattern.split('*').length).toBeLessThanOrEqual(2)
    expect(pattern).not.toMatch(/^\./)
  })
})

describe('the declarations', () => {
  const declarations = [
    { written: './boat.png?generate', type: 'string' },
    { written: './blog/boat.png?generate', type: 'string' },
    { written: '../boat.png?generate&as="', type: 'B' },
    { written: './boat.png?generate&as="', type: 'A' },
    { written: 'boat?generate', type: 'string' },
  ]

  it('are one text', () => {
    expect(embedDeclarations(declarations, ['src/boat', 'src/blog/boat'])).toMatchInlineSnapshot(`
      "// Written by unplugin-generate-images from the imports and manifests of this project, and kept up to date.
      /* eslint-disable */

      interface GenerateImagesRegister {
        name:
          | "src/blog/boat"
          | "src/boat"
      }

      declare module "*/blog/boat.png?generate" {
        const value: string
        export default value
      }

      declare module "*/boat.png?generate&as=\\"" {
        const value: A | B
        export default value
      }

      declare module "*/boat.png?generate" {
        const value: string
        export default value
      }

      declare module "boat?generate" {
        const value: string
        export default value
      }
      "
    `)
  })

  it('are the same whatever the order', () => {
    expect(embedDeclarations(declarations.toReversed(), ['src/blog/boat', 'src/boat'])).toBe(
      embedDeclarations(declarations, ['src/boat', 'src/blog/boat']),
    )
  })

  it('know no name where there is no picture', () => {
    expect(embedDeclarations([], [])).toMatchInlineSnapshot(`
      "// Written by unplugin-generate-images from the imports and manifests of this project, and kept up to date.
      /* eslint-disable */

      interface GenerateImagesRegister {
        name: never
      }
      "
    `)
  })
})
