import { describe, expect, it } from 'vitest'
import type { FieldEdits } from '../../../src/scan/edit/field-edits.ts'
import { editManifest } from '../../../src/scan/edit/manifest.ts'

const edit = (text: string, edits: FieldEdits, name = 'boat') =>
  editManifest(text, 'images.prompts.json', name, edits)

interface Case {
  readonly what: string
  readonly before: string
  readonly edits: FieldEdits
  /** What it becomes; the rest of `before` stays. */
  readonly after: string
}

const lines = (...all: string[]) => all.join('\n')

const CASES: readonly Case[] = [
  {
    what: 'the prompt of a text alone',
    before: '{ "images": { "boat": "A boat." } }',
    edits: { prompt: 'A "red" boat.' },
    after: '{ "images": { "boat": "A \\"red\\" boat." } }',
  },
  {
    what: 'a text alone that becomes an object',
    before: lines(
      '{',
      '  "images": {',
      '    "boat": "A boat.", // the first',
      '    "hat": "A hat."',
      '  }',
      '}',
    ),
    edits: { alt: 'A boat' },
    after: lines(
      ...['{', '  "images": {', '    "boat": { "prompt": "A boat.", "alt": "A boat" }, // the first'],
      ...['    "hat": "A hat."', '  }', '}'],
    ),
  },
  {
    what: 'a long text alone that becomes an object of lines',
    before: lines('{', '\t"images": {', `\t\t"boat": "${'A boat. '.repeat(12)}"`, '\t}', '}'),
    edits: { size: '16:9' },
    after: lines(
      ...['{', '\t"images": {', '\t\t"boat": {', `\t\t\t"prompt": "${'A boat. '.repeat(12)}",`],
      ...['\t\t\t"size": "16:9"', '\t\t}', '\t}', '}'],
    ),
  },
  {
    what: 'a text alone that gets a prompt and two fields',
    before: '{ "images": { "boat": "A boat." } }',
    edits: { prompt: 'A ship.', alt: 'A ship', quality: 'low' },
    after: '{ "images": { "boat": { "prompt": "A ship.", "quality": "low", "alt": "A ship" } } }',
  },
  {
    what: 'one field among comments',
    before: lines(
      ...['{', '  // all pictures', '  "images": {', '    "boat": {', '      // what it shows'],
      ...[
        '      "prompt": "A boat.", /* short */ "alt": "Boat", // spoken',
        '      "size": "1:1",',
        '    },',
      ],
      ...['  },', '}', ''],
    ),
    edits: { alt: 'A boat on a lake' },
    after: lines(
      ...['{', '  // all pictures', '  "images": {', '    "boat": {', '      // what it shows'],
      '      "prompt": "A boat.", /* short */ "alt": "A boat on a lake", // spoken',
      ...['      "size": "1:1",', '    },', '  },', '}', ''],
    ),
  },
  {
    what: 'a new field behind the last one and its comment',
    before: lines('{ "images": {', '    "boat": {', '      "prompt": "A boat." // short', '    }', '} }'),
    edits: { alt: 'A boat' },
    after: lines(
      ...['{ "images": {', '    "boat": {', '      "prompt": "A boat.", // short', '      "alt": "A boat"'],
      ...['    }', '} }'],
    ),
  },
  {
    what: 'a new field behind a comma at the end',
    before: lines('{ "images": {', '    "boat": {', '      "prompt": "A boat.", // short', '    },', '} }'),
    edits: { alt: 'A boat' },
    after: lines(
      ...['{ "images": {', '    "boat": {', '      "prompt": "A boat.", // short', '      "alt": "A boat",'],
      ...['    },', '} }'],
    ),
  },
  {
    what: 'a new field behind a comment of several lines',
    before: lines(
      '{ "images": {',
      '  "boat": {',
      '    "prompt": "A boat." /* one',
      '    two */',
      '  }',
      '} }',
    ),
    edits: { quality: 'high' },
    after: lines(
      ...['{ "images": {', '  "boat": {', '    "prompt": "A boat.", /* one', '    two */'],
      ...['    "quality": "high"', '  }', '} }'],
    ),
  },
  {
    what: 'two new fields in one line',
    before: '{"images":{"boat":{"prompt":"A boat."}}}',
    edits: { size: '16:9', alt: 'A boat' },
    after: '{"images":{"boat":{"prompt":"A boat.","size":"16:9","alt":"A boat"}}}',
  },
  {
    what: 'a new field in one line with a comma at the end',
    before: '{ "images": { "boat": { "prompt": "A boat.", } } }',
    edits: { alt: 'A boat' },
    after: '{ "images": { "boat": { "prompt": "A boat.", "alt": "A boat", } } }',
  },
  {
    what: 'Windows line ends and tabs',
    before: '{\r\n\t"images": {\r\n\t\t"boat": {\r\n\t\t\t"prompt": "A boat."\r\n\t\t}\r\n\t}\r\n}\r\n',
    edits: { alt: 'A boat', size: '16:9' },
    after:
      '{\r\n\t"images": {\r\n\t\t"boat": {\r\n\t\t\t"prompt": "A boat.",\r\n\t\t\t"size": "16:9",\r\n\t\t\t"alt": "A boat"\r\n\t\t}\r\n\t}\r\n}\r\n',
  },
  {
    what: 'a byte order mark',
    before: '\uFEFF{ "images": { "boat": "A boat." } }',
    edits: { prompt: 'A ship.' },
    after: '\uFEFF{ "images": { "boat": "A ship." } }',
  },
  {
    what: 'the last field taken out',
    before: lines(
      '{ "images": {',
      '  "boat": {',
      '    "prompt": "A boat.", // short',
      '    "alt": "B" // b',
      '  }',
      '} }',
    ),
    edits: { alt: null },
    after: lines('{ "images": {', '  "boat": {', '    "prompt": "A boat." // short', '  }', '} }'),
  },
  {
    what: 'the first field taken out',
    before: lines('{ "images": {', '  "boat": {', '    "alt": "B",', '    "prompt": "A boat."', '  }', '} }'),
    edits: { alt: null },
    after: lines('{ "images": {', '  "boat": {', '    "prompt": "A boat."', '  }', '} }'),
  },
  {
    what: 'a field taken out of one line',
    before: '{ "images": { "boat": { "size": "1:1", "prompt": "A boat.", "alt": "B" } } }',
    edits: { alt: null, size: null },
    after: '{ "images": { "boat": { "prompt": "A boat." } } }',
  },
  {
    what: 'a field taken out between comments',
    before: '{ "images": { "boat": { "prompt": "A boat.", /* a */ "alt": "B" /* b */ } } }',
    edits: { alt: null },
    after: '{ "images": { "boat": { "prompt": "A boat." /* a */ /* b */ } } }',
  },
  {
    what: 'commas before each line',
    before: lines('{ "images": {', '  "boat": { "prompt": "A boat."', '          , "alt": "B"', '  }', '} }'),
    edits: { alt: 'A boat', quality: 'low' },
    after: lines(
      ...[
        '{ "images": {',
        '  "boat": { "prompt": "A boat."',
        '          , "alt": "A boat", "quality": "low"',
      ],
      ...['  }', '} }'],
    ),
  },
  {
    what: 'one line of a prompt of lines',
    before: lines(
      ...[
        '{ "images": { "boat": { "prompt": [',
        '  "A boat.", // what',
        '  "Calm.", // how',
        '  "Dawn." // when',
      ],
      '] } } }',
    ),
    edits: { prompt: 'A boat.\nWild.\nDawn.' },
    after: lines(
      ...[
        '{ "images": { "boat": { "prompt": [',
        '  "A boat.", // what',
        '  "Wild.", // how',
        '  "Dawn." // when',
      ],
      '] } } }',
    ),
  },
  {
    what: 'a line more in the middle of a prompt of lines',
    before: lines('{ "images": { "boat": { "prompt": [', '  "A boat.",', '  "Dawn."', '] } } }'),
    edits: { prompt: 'A boat.\nCalm.\nDawn.' },
    after: lines('{ "images": { "boat": { "prompt": [', '  "A boat.",', '  "Calm.",', '  "Dawn."', '] } } }'),
  },
  {
    what: 'a line more at the beginning',
    before: '{ "images": { "boat": { "prompt": ["A boat.", "Dawn."] } } }',
    edits: { prompt: 'Look.\nA boat.\nDawn.' },
    after: '{ "images": { "boat": { "prompt": ["Look.", "A boat.", "Dawn."] } } }',
  },
  {
    what: 'lines more at the end, behind a comma',
    before: lines('{ "images": { "boat": { "prompt": [', '  "A boat.",', '] } } }'),
    edits: { prompt: 'A boat.\nCalm.\nDawn.' },
    after: lines(
      '{ "images": { "boat": { "prompt": [',
      '  "A boat.",',
      '  "Calm.",',
      '  "Dawn.",',
      '] } } }',
    ),
  },
  {
    what: 'fewer lines',
    before: lines(
      '{ "images": { "boat": { "prompt": [',
      '  "A boat.",',
      '  "Calm.",',
      '  "Dawn.",',
      '] } } }',
    ),
    edits: { prompt: 'A boat.\nDawn.' },
    after: lines('{ "images": { "boat": { "prompt": [', '  "A boat.",', '  "Dawn.",', '] } } }'),
  },
  {
    what: 'empty lines, which no list holds',
    before: '{ "images": { "boat": { "prompt": ["A boat.", "Dawn."] } } }',
    edits: { prompt: '\nA boat.\n\n \nDawn.\n' },
    after: '{ "images": { "boat": { "prompt": ["\\nA boat.\\n\\n ", "Dawn.\\n"] } } }',
  },
  {
    what: 'fewer lines at the beginning',
    before: '{ "images": { "boat": { "prompt": ["A boat.", "Calm.", "Dawn."] } } }',
    edits: { prompt: 'Dawn.' },
    after: '{ "images": { "boat": { "prompt": ["Dawn."] } } }',
  },
  {
    what: 'a text of several lines in a prompt that is one text',
    before: '{ "images": { "boat": { "prompt": "A boat." } } }',
    edits: { prompt: 'A boat.\nDawn.' },
    after: '{ "images": { "boat": { "prompt": "A boat.\\nDawn." } } }',
  },
  {
    what: 'a style in place of another',
    before:
      '{ "styles": { "ink": "Ink.", "oil": "Oil." }, "images": { "boat": { "prompt": "A boat.", "style": "ink" } } }',
    edits: { style: ['oil'] },
    after:
      '{ "styles": { "ink": "Ink.", "oil": "Oil." }, "images": { "boat": { "prompt": "A boat.", "style": "oil" } } }',
  },
  {
    what: 'two styles in place of one',
    before:
      '{ "styles": { "ink": "Ink.", "oil": "Oil." }, "images": { "boat": { "prompt": "A boat.", "style": "ink" } } }',
    edits: { style: ['ink', 'oil'] },
    after:
      '{ "styles": { "ink": "Ink.", "oil": "Oil." }, "images": { "boat": { "prompt": "A boat.", "style": ["ink", "oil"] } } }',
  },
  {
    what: 'one style in a list of styles',
    before:
      '{ "styles": { "ink": "Ink.", "oil": "Oil." }, "images": { "boat": { "prompt": "A boat.", "style": [ "ink" ] } } }',
    edits: { style: ['oil', 'ink'] },
    after:
      '{ "styles": { "ink": "Ink.", "oil": "Oil." }, "images": { "boat": { "prompt": "A boat.", "style": [ "oil", "ink" ] } } }',
  },
  {
    what: 'a decorative picture',
    before: '{ "images": { "boat": { "prompt": "A boat.", "alt": "B" } } }',
    edits: { alt: null, decorative: true },
    after: '{ "images": { "boat": { "prompt": "A boat.", "decorative": true } } }',
  },
  {
    what: 'escapes of other texts left as they are',
    before: '{ "images": { "boat": { "prompt": "A b\\u006fat. \\/", "alt": "\\u0042" } } }',
    edits: { alt: '日本 “x” \\ \u2028' },
    after: '{ "images": { "boat": { "prompt": "A b\\u006fat. \\/", "alt": "日本 “x” \\\\ \u2028" } } }',
  },
  {
    what: 'an entry called like what JavaScript keeps for itself',
    before: '{ "images": { "__proto__": "A boat.", "boat": "B" } }',
    edits: { alt: 'A boat' },
    after: '{ "images": { "__proto__": { "prompt": "A boat.", "alt": "A boat" }, "boat": "B" } }',
  },
  {
    what: 'nothing where nothing changes',
    before: '{ "images": { "boat" : { "prompt":"A boat." , "alt": "B" } } }',
    edits: { prompt: 'A boat.', alt: 'B', size: null },
    after: '{ "images": { "boat" : { "prompt":"A boat." , "alt": "B" } } }',
  },
]

describe('editing an entry of a manifest', () => {
  it.each(CASES)('writes $what', ({ before, edits, after }) => {
    expect(edit(before, edits, before.includes('__proto__') ? '__proto__' : 'boat')).toBe(after)
  })

  const REFUSED: readonly (readonly [string, string, FieldEdits, string])[] = [
    ['a size that is none', '{ "images": { "boat": "A boat." } }', { size: 'large' }, 'BAD_VALUE'],
    ['an empty prompt', '{ "images": { "boat": "A boat." } }', { prompt: '  ' }, 'BAD_VALUE'],
    ['no prompt', '{ "images": { "boat": { "prompt": "A boat." } } }', { prompt: null }, 'EDIT_FAILED'],
    ['an empty alt', '{ "images": { "boat": "A boat." } }', { alt: '' }, 'BAD_VALUE'],
    ['an entry that is not there', '{ "images": { "hat": "A hat." } }', { alt: 'A boat' }, 'EDIT_FAILED'],
    ['a file with a mistake', '{ "images": { "boat": "A boat.", "hat": 3 } }', { alt: 'A' }, 'BAD_VALUE'],
    ['a file that is no JSON', '{ "images": { "boat": "A boat." ', { alt: 'A' }, 'MANIFEST_SYNTAX'],
    [
      'an entry that is there twice',
      '{ "images": { "boat": "A", "boat": "B" } }',
      { alt: 'A' },
      'DEFINED_TWICE',
    ],
  ]
  it.each(REFUSED)('refuses %s', (_, before, edits, code) => {
    expect(() => edit(before, edits)).toThrow(`[${code}]`)
  })
})
