import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson, canonicalText, type Json, keyOf } from '../../src/spec/key.ts'

it('sorts names by code units at every depth and has no white space', () => {
  expect(canonicalJson({ b: [1, { z: null, a: 'é' }], a: true, B: 0.1 })).toBe(
    '{"B":0.1,"a":true,"b":[1,{"a":"é","z":null}]}',
  )
})

it('is the SHA-256 of the canonical JSON, so that anyone can check a record by hand', () => {
  const request = { model: 'gpt-image-2', prompt: 'A paper boat.', size: '1024x1024' }
  const text = '{"model":"gpt-image-2","prompt":"A paper boat.","size":"1024x1024"}'
  expect(keyOf(request)).toBe(createHash('sha256').update(text).digest('hex'))
})

it('does not depend on the order of names', () => {
  const shuffled = (value: Json): Json =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([name, field]) => [name, shuffled(field as Json)]),
        )
      : value
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(keyOf(shuffled(value as Json))).toBe(keyOf(value as Json))
      expect(JSON.parse(canonicalJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

it('writes text for people in the same order, with a final newline', () => {
  expect(canonicalText({ b: 1, a: [2] })).toBe('{\n  "a": [\n    2\n  ],\n  "b": 1\n}\n')
})

it('refuses what JSON cannot hold', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(TypeError)
  expect(() => canonicalJson([undefined as unknown as Json])).toThrow(TypeError)
})
