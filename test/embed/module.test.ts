import { describe, expect, it } from 'vitest'
import { embedModule } from '../../src/embed/module.ts'
import { joinTemplates, template } from '../../src/embed/template.ts'

const srcset = joinTemplates([template({ slot: 0 }, ' 480w'), template({ slot: 1 }, ' 960w')], ', ')
const img = { src: template({ slot: 1 }), srcset, width: 960, height: 640, alt: 'A "boat" </script>' }

describe('a module', () => {
  it('imports what the host addresses', () => {
    expect(
      embedModule(img, [{ from: '/cache/a.png?url' }, { from: '/cache/b.png?url' }]),
    ).toMatchInlineSnapshot(`
      "import file0 from "/cache/b.png?url"
      import file1 from "/cache/a.png?url"
      export default { "src": file0, "srcset": file1 + " 480w, " + file0 + " 960w", "width": 960, "height": 640, "alt": "A \\"boat\\" \\u003c/script>" }
      "
    `)
  })

  it('has the addresses that are known', () => {
    expect(embedModule(img, ['/a.png', 'https://cdn.example/b.png'])).toMatchInlineSnapshot(`
      "export default { "src": "https://cdn.example/b.png", "srcset": "/a.png 480w, https://cdn.example/b.png 960w", "width": 960, "height": 640, "alt": "A \\"boat\\" \\u003c/script>" }
      "
    `)
  })

  it('imports each file once', () => {
    const same = { from: 'C:\\cache\\"a".png' }
    expect(embedModule(img, [same, { ...same }])).toMatchInlineSnapshot(`
      "import file0 from "C:\\\\cache\\\\\\"a\\".png"
      export default { "src": file0, "srcset": file0 + " 480w, " + file0 + " 960w", "width": 960, "height": 640, "alt": "A \\"boat\\" \\u003c/script>" }
      "
    `)
  })

  it('writes once what comes twice', () => {
    expect(
      embedModule({ img: { srcset }, sources: { png: srcset } }, ['/a.png', { from: '/b.png' }]),
    ).toMatchInlineSnapshot(`
      "import file0 from "/b.png"
      const text0 = "/a.png 480w, " + file0 + " 960w"
      export default { "img": { "srcset": text0 }, "sources": { "png": text0 } }
      "
    `)
  })

  it('may mix the two, and leave some out', () => {
    expect(
      embedModule(template({ slot: 2 }, ' ', { slot: 0 }), ['/a.png', '/b.png', { from: '/c.png' }]),
    ).toBe('import file0 from "/c.png"\nexport default file0 + " /a.png"\n')
  })

  it('needs an address for each hole', () => {
    expect(() => embedModule(img, ['/a.png'])).toThrow(RangeError)
  })
})
