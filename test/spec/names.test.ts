import { describe, expect, it } from 'vitest'
import { foldName, joinName, nameProblem, stemOf, stripImageExtension } from '../../src/spec/names.ts'

describe('nameProblem', () => {
  it.each([
    'hero',
    'blog/hero',
    'v1.2/hero-2_b',
    'straße/überblick',
    '日本/絵',
    'a'.repeat(100),
    'hero.json',
    'a.gif/b',
    'раypal',
  ])('takes %s', (name) => expect(nameProblem(name)).toBeUndefined())

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
    ['CONOUT$', 'its part "CONOUT$" is a device on Windows'],
    ['com1 .x', 'its part "com1 .x" is a device on Windows'],
    ['hero.json/a', 'its part "hero.json" could be the file of another picture'],
    ['blog/hero.PNG/a/b', 'its part "hero.PNG" could be the file of another picture'],
    ['hero.jſon/a', 'its part "hero.jſon" could be the file of another picture'],
    ['a\\b', 'it has the character \\'],
    ['a:b', 'it has the character :'],
    ['loader.js!/etc/passwd', 'it has the character !'],
    ['a#b', 'it has the character #'],
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

it('makes stems of letters that need no escape', () => {
  const stems = [
    'blog/hero-2_b',
    '100%',
    'a b',
    'a,b',
    "it's",
    '日本/絵',
    'e\u0301',
    '`x`',
    '%2e%2e%2fb',
  ].map(stemOf)
  expect(stems).toEqual(['hero-2_b', '100_', 'a_b', 'a_b', 'it_s', '絵', 'e\u0301', '_x_', '_2e_2e_2fb'])
})

describe('foldName', () => {
  it.each([
    ['Hero', 'hERO'],
    ['straße', 'STRASSE'],
    ['straße', 'straẞe'],
    ['ſea', 'Sea'],
    ['\u212Aelvin', 'kelvin'],
    ['ὈΔΌΣ', 'ὀδός'],
    ['ὀδός', 'ὀδόσ'],
    ['é', 'E\u0301'],
    ['ﬁsh', 'FISH'],
    ['ısı', 'ISI'],
    ['hero', 'he\uFE0Fro\u034F\u3164'],
  ])('%s and %s are one', (a, b) => expect(foldName(a)).toBe(foldName(b)))

  it.each([
    ['hero', 'her0'],
    ['é', 'e'],
    ['раypal', 'paypal'],
    ['m²', 'm2'],
    ['a/b', 'a∕b'],
  ])('%s and %s are two', (a, b) => expect(foldName(a)).not.toBe(foldName(b)))

  it('is the same for every character, its cases and its decomposition', () => {
    const wrong: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code === 0xd800) code = 0xe000
      const character = String.fromCodePoint(code)
      const folded = foldName(character)
      if (folded === character && character.toUpperCase() === character) continue
      const others = [character.toLowerCase(), character.toUpperCase(), character.normalize('NFD'), folded]
      if (others.some((other) => foldName(other) !== folded)) wrong.push(character)
    }
    expect(wrong).toEqual([])
  })
})
