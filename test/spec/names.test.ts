import { describe, expect, it } from 'vitest'
import { joinName, nameProblem, stripImageExtension } from '../../src/spec/names.ts'

describe('nameProblem', () => {
  it.each(['hero', 'blog/hero', 'v1.2/hero-2_b', 'straße/überblick', '日本/絵', 'a'.repeat(100)])(
    'takes %s',
    (name) => expect(nameProblem(name)).toBeUndefined(),
  )

  it.each([
    ['', 'it is empty'],
    ['/etc/passwd', 'it is an absolute path'],
    ['../up', 'it has the part ".."'],
    ['a/./b', 'it has the part "."'],
    ['a//b', 'it has an empty part'],
    ['a/', 'it has an empty part'],
    ['.takes/x', 'its part ".takes" begins with a dot'],
    ['trailing.', 'its part "trailing." begins or ends with a dot or a space'],
    ['con', 'its part "con" is a device on Windows'],
    ['blog/LPT1.x', 'its part "LPT1.x" is a device on Windows'],
    ['a\\b', 'it has the character \\'],
    ['a:b', 'it has the character :'],
    ['a\u0000b', 'it has an invisible character'],
    ['a\u202eb', 'it has an invisible character'],
    ['hero.png', 'it ends with an extension, which names leave out'],
    ['e\u0301', 'its letters are not in composed form (Unicode NFC)'],
    ['x'.repeat(130), `its part "${'x'.repeat(20)}…" is longer than 120 bytes`],
    ['x/'.repeat(220), 'it is longer than 400 characters'],
  ])('refuses %j', (name, problem) => expect(nameProblem(name)).toBe(problem))
})

it('joins names inside the root alone', () => {
  expect(joinName('src/blog', 'hero')).toBe('src/blog/hero')
  expect(joinName('', 'hero')).toBe('hero')
  expect(joinName('src/blog', '../hero')).toBe('src/hero')
  expect(joinName('src', '../../hero')).toBeUndefined()
  expect(joinName('', '..')).toBeUndefined()
})

it('strips the extensions of images alone', () => {
  expect(['a.png', 'a.JPG', 'a.v2', 'a.webp.avif'].map(stripImageExtension)).toEqual([
    'a',
    'a',
    'a.v2',
    'a.webp',
  ])
})
