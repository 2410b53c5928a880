// Edits written back: whatever is written where, the fields say what they should, and nothing else changes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldEdits } from '../../src/scan/edit/field-edits.ts'
import { editManifest } from '../../src/scan/edit/manifest.ts'
import { editSpecifier } from '../../src/scan/edit/specifier.ts'
import { findSpecifiers, parseManifestFile } from '../../src/scan/index.ts'
import { parseSpecifier } from '../../src/spec/query.ts'
import { CASES, expectOwn, hold, textsOf } from './support.ts'

const FILE = 'images.prompts.json'

/** Texts that a person could write, with everything that means something to some language. */
const texts = fc
  .oneof(
    textsOf([
      'A boat',
      ' ',
      '\n',
      '"',
      "'",
      '&',
      '&amp;',
      '<b>',
      '\\',
      '$' + '{x}',
      '{{y}}',
      '%',
      '%41',
      '+',
      '#',
      '?',
    ]),
    textsOf([
      '(',
      ')',
      '[',
      ']',
      '`',
      '*/',
      '/*',
      '//',
      '-->',
      '---',
      ';',
      ',',
      ':',
      '=',
      'é',
      '紙',
      '🛶',
      '\u2028',
    ]),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  .map((text) => text.trim())
  .filter((text) => text !== '' && !/\p{Surrogate}/u.test(text) && text.length < 5000)

/** White space and comments, as one of a few people would write them. */
const gaps = fc.constantFrom(
  '',
  ' ',
  '\n',
  '\n  ',
  '\t',
  '\n\t\t',
  ' /* a */ ',
  ' // b\n',
  '\n    // c\n    ',
)

const value = (json: unknown) => JSON.stringify(json)
const entries = fc.oneof(
  { weight: 1, arbitrary: texts.map(value) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.oneof(
          texts.map(value),
          fc
            .tuple(fc.array(texts, { minLength: 1, maxLength: 4 }), gaps)
            .map(([all, gap]) => `[${gap}${all.map(value).join(`,${gap}`)}${gap}]`),
        ),
        fc.uniqueArray(
          fc.constantFrom(
            '"alt": "B"',
            '"size": "1:1"',
            '"decorative": false',
            '"style": "ink"',
            '"style": ["ink"]',
            '"quality": "low"',
            '"widths": [64]',
          ),
          {
            maxLength: 4,
            selector: (one) => one.split(':')[0],
          },
        ),
        fc.array(gaps, { minLength: 12, maxLength: 12 }),
        fc.nat(),
        fc.boolean(),
      )
      .map(([prompt, more, space, at, comma]) => {
        const all: string[] = [...more]
        all.splice(at % (more.length + 1), 0, `"prompt":${space[10]}${prompt}`)
        const inside = all.map((one, index) => `${space[index]}${one}${space[index + 5]}`).join(',')
        return `{${inside}${comma ? ',' : ''}${space[11]}}`
      }),
  },
)
const manifests = fc
  .tuple(entries, entries, gaps, gaps, gaps, fc.boolean(), fc.constantFrom('', '\uFEFF'))
  .map(([one, two, a, b, c, windows, mark]) => {
    const text = `${mark}{${a}"styles": { "ink": "Ink.", "oil": "Oil." },${b}"images": {${a}"boat":${b}${one},${c}"hat": ${two}${a}}${c}}`
    return windows ? text.replaceAll('\n', '\r\n') : text
  })
const edits: fc.Arbitrary<FieldEdits> = fc.record(
  {
    prompt: texts,
    style: fc.constantFrom(null, ['ink'], ['oil'], ['oil', 'ink']),
    size: fc.constantFrom(null, '16:9', 'auto', '1200x630'),
    quality: fc.constantFrom(null, 'high'),
    alt: fc.option(texts),
    decorative: fc.constantFrom(null, true, false),
  },
  { requiredKeys: [] },
)

const commentsIn = (text: string) => text.match(/\/\* a \*\/|\/\/ [bc]/g) ?? []

test('an entry of a manifest says what it should, and all else stays', () => {
  fc.assert(
    fc.property(manifests, edits, (text, given) => {
      const before = parseManifestFile(text, FILE)
      // A text may hold what looks like the end of a comment.
      fc.pre(before.errors.length === 0)
      const edited = editManifest(text, FILE, 'boat', given)
      const after = parseManifestFile(edited, FILE)
      const fields = after.manifest.images.get('boat')!
      for (const [field, wanted] of Object.entries(given)) {
        const found = fields[field as keyof typeof fields]
        const same =
          field === 'prompt'
            ? [found].flat().join('\n') === wanted
            : wanted === null
              ? found === undefined
              : value([found].flat()) === value([wanted].flat())
        hold(same, `${field} is ${value(found)}, not ${value(wanted)}`)
      }
      // Nothing but what is taken out takes comments along.
      const shrinks =
        Object.values(given).includes(null as never) ||
        Array.isArray(before.manifest.images.get('boat')!.prompt)
      if (!shrinks) {
        const lost = commentsIn(text).length - commentsIn(edited).length
        hold(lost <= 0, `${lost} comments were lost`)
      }
      hold(!edited.replaceAll('\r\n', '').includes('\n') || !text.includes('\r\n'), 'line ends are mixed')
      // What is there already is written no second time.
      hold(editManifest(edited, FILE, 'boat', given) === edited, 'a second edit changed something')
    }),
    CASES,
  )
})

const PLACES: readonly (readonly [file: string, before: string, after: string])[] = [
  ['a.ts', `import a from '`, `'\nconst b = "it's"`],
  ['a.js', 'require("', '") // "'],
  ['a.js', 'import(`', '`)'],
  ['a.html', '<p>&amp;</p><img alt="x" src="', '" class="y">'],
  ['a.html', "<img src='", "'>"],
  ['a.html', '<img src=', ' class=y>'],
  ['a.html', '<p style="background: url(&quot;', '&quot;)">'],
  ['a.vue', "<script setup>import a from '", "'</script><template>{{ 'x' }}</template>"],
  ['a.svelte', '<img src="', '">{x}'],
  ['a.astro', "---\nimport a from '", "'\n---\n<p>---</p>"],
  ['a.css', '.a { background: url(', ') } /* ) */'],
  ['a.css', '.a { background: url("', '") }'],
  ['a.scss', "// '\n.a { background: image-set('", "' 1x) }"],
  ['a.md', '`x` ![b](', ') (c)'],
  ['a.md', '![b](<', '> "t")'],
  ['a.md', "---\nimage: '", "'\n---\n"],
  ['a.md', '---\nimage: ', ' # c\n---\n'],
  ['a.mdx', "import a from '", "'\n\n# b\n"],
]
const QUERIES = [
  ...['generate&prompt=A+boat', 'generate&prompt=A%20boat&w=64&as=img', 'prompt=A&generate&size=1:1'],
  ...['generate&prompt=A&decorative&style=ink', 'generate&prompt=%C3%A9&alt=B&quality=low'],
]

test('an inline picture says what it should in every language, and all around it stays', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PLACES),
      fc.constantFrom(...QUERIES),
      fc.boolean(),
      edits,
      (place, query, entities, given) => {
        const [file, before, after] = place
        const asEntity = entities && file.endsWith('.html')
        const written = `./a.png?${query}`
        const text = `${before}${asEntity ? written.replaceAll('&', '&amp;') : written}${after}`
        const [found] = findSpecifiers(text, file)
        // In a style a reference hides the word where it is not the first.
        fc.pre(found?.written === written)
        const edited = editSpecifier(text, file, found!.offset, given)
        hold(edited.startsWith(before) && edited.endsWith(after), `the rest of ${file} changed: ${edited}`)
        const { specifier, errors } = parseSpecifier(findSpecifiers(edited, file)[0]!.written, () => ({
          file,
        }))
        hold(errors.length === 0, 'it has mistakes')
        const fields: Record<string, unknown> = { ...specifier.sent, ...specifier.look.fields }
        for (const [field, wanted] of Object.entries(given))
          hold(
            wanted === null ? !(field in fields) : value([fields[field]].flat()) === value([wanted].flat()),
            `${field} is ${value(fields[field])}, not ${value(wanted)}: ${edited}`,
          )
      },
    ),
    CASES,
  )
})

test('what can not be written is refused with an error of ours', () => {
  const any = fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 6 }), fc.constant(null))
  const wild = fc.record({ prompt: any, alt: any, size: any, quality: any }, { requiredKeys: [] })
  const attempt = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      const { errors = [] } = error as { errors?: readonly unknown[] }
      for (const one of errors.length > 0 ? errors : [error]) expectOwn(one)
    }
  }
  fc.assert(
    fc.property(
      manifests,
      wild,
      textsOf(['{', '}', '"boat"', '"images"', ':', ',', '"x"', '//', '/*']),
      (text, given, noise) => {
        attempt(() => editManifest(text, FILE, 'boat', given as FieldEdits))
        attempt(() => editManifest(noise, FILE, 'boat', given as FieldEdits))
        attempt(() => editSpecifier("import './a.png?generate&prompt=A'", 'a.ts', 8, given as FieldEdits))
      },
    ),
    CASES,
  )
  expect(true).toBe(true)
})
