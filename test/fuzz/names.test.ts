import { isAbsolute, posix, relative, resolve, win32 } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldName, joinName, nameProblem, stripImageExtension } from '../../src/spec/names.ts'
import { createLayout, PICTURE_TYPES } from '../../src/store/layout.ts'
import { CASES, expectOwn, HARD_KEYS, hold, textsOf } from './support.ts'

const PIECES = [
  ...[
    '..',
    '.',
    '/',
    '\\',
    '//',
    '~',
    'a',
    'B',
    'é',
    'e\u0301',
    '\0',
    ' ',
    ':',
    'C:',
    '\\\\?\\',
    '%2e',
    '%2f',
    '\u202e',
  ],
  ...[
    'CON',
    'nul',
    'com1',
    'COM¹',
    'lpt9.',
    '.png',
    '.json',
    '.takes',
    '．',
    '／',
    '∕',
    '\u200b',
    '\ud800',
    '\n',
    '$',
    '`',
    ';',
  ],
  ...HARD_KEYS,
]
const names = fc.oneof(
  textsOf(PIECES),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom(...PIECES, 'boat'), { maxLength: 6 }).map((parts) => parts.join('/')),
)
const root = resolve('/project')
const layout = createLayout(root)
const inside = (path: typeof posix, base: string, file: string) => {
  const way = path.relative(base, file)
  return way !== '' && !way.startsWith('..') && !path.isAbsolute(way)
}

test('a name is refused, or its files lie in the folder on every system', () => {
  let good = 0
  fc.assert(
    fc.property(names, fc.constantFrom(...PICTURE_TYPES), (name, type) => {
      const problem = nameProblem(name)
      if (problem !== undefined) {
        for (const make of [() => layout.picture(name, type), () => layout.record(name)]) {
          let error: unknown
          try {
            make()
          } catch (thrown) {
            error = thrown
          }
          expectOwn(error)
          expect(error.code).toBe('BAD_NAME')
        }
        return
      }
      good++
      for (const file of [layout.picture(name, type), layout.record(name)]) {
        expect(inside(posix, layout.folder, file)).toBe(true)
        expect(relative(layout.takes, file).startsWith('..')).toBe(true)
        expect(isAbsolute(file)).toBe(true)
      }
      expect(layout.nameOf(layout.record(name))).toBe(name)
      expect(
        inside(
          win32,
          'C:\\project\\generated-images',
          win32.join('C:\\project\\generated-images', `${name}.png`),
        ),
      ).toBe(true)
      // What a shell, a URL or a bundler would make of it is no other file either.
      expect(/[\p{Cc}<>:"|?*\\!#]/u.test(name)).toBe(false)
      expect(name.normalize('NFC')).toBe(name)
    }),
    CASES,
  )
  expect(good).toBeGreaterThan(100)
})

test('two names have no file in common, and none is in the way of another, unless they are one to some file system', () => {
  const part = fc.constantFrom(
    'a',
    'A',
    'ß',
    'SS',
    'é',
    'a.json',
    'a.PNG',
    'a.webp',
    'a.gif',
    '\uFE0F',
    'b',
    '.x',
  )
  const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
  const glued = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''))
  const good = fc.oneof(name, glued, names).filter((one) => nameProblem(one) === undefined)
  // As a file system sees them that folds whatever any folds.
  const filesOf = (one: string) =>
    [layout.record(one), ...PICTURE_TYPES.map((type) => layout.picture(one, type))].map(foldName)
  let clashes = 0
  fc.assert(
    fc.property(good, good, (a, b) => {
      if (foldName(a) === foldName(b)) {
        if (a !== b) clashes++
        return
      }
      for (const one of filesOf(a))
        for (const other of filesOf(b))
          hold(one !== other && !other.startsWith(`${one}/`), `${a} and ${b} meet in ${one}`)
    }),
    CASES,
  )
  expect(clashes).toBeGreaterThan(10)
})

test('a name seen from a folder stays in the root, whatever both are', () => {
  fc.assert(
    fc.property(names, names, (folder, name) => {
      const joined = joinName(folder, name)
      if (joined === undefined) return
      expect(/^(\.\.)?\//.test(joined) || joined === '..').toBe(false)
      const stripped = stripImageExtension(joined)
      if (nameProblem(stripped) === undefined)
        expect(inside(posix, layout.folder, layout.picture(stripped, 'png'))).toBe(true)
    }),
    CASES,
  )
})

test('good names are all taken', () => {
  const part = fc
    .stringMatching(/^[a-z0-9][a-z0-9_-]{0,15}$/)
    .filter((one) => !/^(con|prn|aux|nul|com\d|lpt\d)$/.test(one))
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
      expect(nameProblem(parts.join('/'))).toBeUndefined()
    }),
    CASES,
  )
})
