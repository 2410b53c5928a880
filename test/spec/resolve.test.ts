import { describe, expect, it } from 'vitest'
import { findModel, MODELS } from '../../src/api/models.ts'
import { BUILTIN } from '../../src/config/settings.ts'
import type { Fields } from '../../src/spec/fields.ts'
import type { PictureRequest } from '../../src/spec/request.ts'
import { createResolver, type ResolveContext, resolvePicture } from '../../src/spec/resolve.ts'

const context: ResolveContext = { builtin: BUILTIN, findModel: findModel(), modelNames: Object.keys(MODELS) }
const request = (fields: Fields, more: Partial<PictureRequest> = {}): PictureRequest => ({
  name: 'src/hero',
  fields: { prompt: 'A boat.', ...fields },
  defaults: [],
  styles: {},
  from: 'manifest',
  locate: (path) => ({ file: `images.prompts.json#${(path ?? []).join('.')}` }),
  ...more,
})
const body = (fields: Fields, more?: Partial<PictureRequest>) => {
  const resolved = resolvePicture(request(fields, more), context)
  if (!resolved.ok) throw resolved.errors[0]
  return resolved.picture.spec.request
}
const mistakes = (fields: Fields, more?: Partial<PictureRequest>) => {
  const resolved = resolvePicture(request(fields, more), context)
  return resolved.ok ? [] : resolved.errors.map(({ code, sentence }) => `${code}: ${sentence}`)
}

describe('the body that is sent', () => {
  it('has the defaults that the model knows', () => {
    expect(body({})).toEqual({
      model: 'gpt-image-2',
      prompt: 'A boat.',
      size: '1024x1024',
      quality: 'medium',
    })
    expect(body({ model: 'dall-e-3' })).toEqual({ model: 'dall-e-3', prompt: 'A boat.', size: '1024x1024' })
    expect(body({ model: 'qwen-image' })).toEqual({ model: 'qwen-image', prompt: 'A boat.' })
    expect(body({ model: 'somebody/else-1' })).toEqual({ model: 'somebody/else-1', prompt: 'A boat.' })
  })

  it('puts styles before the prompt, line by line', () => {
    const styles = { paper: 'Cut paper.', warm: 'Warm light.' }
    expect(body({ style: ['paper', 'warm'], prompt: ['One.', 'Two.'] }, { styles }).prompt).toBe(
      'Cut paper.\nWarm light.\nOne.\nTwo.',
    )
  })

  it('has extra fields as they stand, and they are part of the key', () => {
    const plain = resolvePicture(request({}), context)
    const extra = resolvePicture(request({ extra: { style: 'vivid', seed: 7 } }), context)
    if (!plain.ok || !extra.ok) throw new Error('both are right')
    expect(extra.picture.spec.request).toMatchObject({ style: 'vivid', seed: 7 })
    expect(extra.picture.spec.key).not.toBe(plain.picture.spec.key)
  })

  it('is not changed by what happens behind the API', () => {
    const key = (fields: Fields) => {
      const resolved = resolvePicture(request(fields), context)
      return resolved.ok ? resolved.picture.spec.key : 'none'
    }
    const look: Fields = {
      widths: [100],
      formats: ['webp'],
      aspect: '4:3',
      fit: 'contain',
      position: 'top',
      alt: 'x',
      as: 'img',
    }
    expect(key({ ...look, encode: { avif: { quality: 30 } }, placeholder: true })).toBe(key({}))
    expect(key({ size: '1024x1024', quality: 'medium' })).toBe(key({}))
    expect(key({ quality: 'low' })).not.toBe(key({}))
  })
})

describe('defaults of other models', () => {
  it('are left out where an entry chooses a model that does not take them', () => {
    const defaults = [{ model: 'gpt-image-2', quality: 'high', background: 'opaque' }]
    expect(body({ model: 'dall-e-3' }, { defaults })).toEqual({
      model: 'dall-e-3',
      prompt: 'A boat.',
      size: '1024x1024',
    })
  })

  it('are mistakes where they are wrong for their own model', () => {
    expect(mistakes({}, { defaults: [{ quality: 'ultra' }] })).toEqual([
      'MODEL_FIELD: "quality" is "ultra", which gpt-image-2 does not take.',
    ])
  })
})

describe('mistakes', () => {
  it('come all at once', () => {
    expect(
      mistakes({
        model: 'gpt-image-2',
        quality: 'hd',
        background: 'transparent',
        size: '5000x5000',
        style: 'papre',
        output_compression: 50,
        extra: { n: 3, response_format: 'url' },
      }),
    ).toMatchInlineSnapshot(`
      [
        "UNKNOWN_STYLE: The style "papre" is not defined.",
        "SIZE_TOO_LARGE: "size" is 5000x5000, and gpt-image-2 makes no picture that covers it.",
        "MODEL_FIELD: "quality" is "hd", which gpt-image-2 does not take.",
        "MODEL_FIELD: "background" is "transparent", which gpt-image-2 does not take.",
        "BAD_VALUE: "extra.n" is 3.",
        "BAD_VALUE: "extra.response_format" is "url".",
        "MODEL_FIELD: "output_compression" is set with the format png, which gpt-image-2 does not take.",
      ]
    `)
  })

  it('include prompts that are too long for the model, style and all', () => {
    const styles = { long: 'x'.repeat(900) }
    expect(mistakes({ model: 'dall-e-2', style: 'long', prompt: 'y'.repeat(100) }, { styles })).toEqual([
      'PROMPT_TOO_LONG: The prompt has 1001 characters; dall-e-2 takes 1000.',
    ])
  })

  it('name the place of the field', () => {
    const resolved = resolvePicture(request({ quality: 'hd' }), context)
    expect(resolved.ok ? [] : resolved.errors[0]?.places).toEqual([{ file: 'images.prompts.json#quality' }])
  })
})

describe('warnings', () => {
  const codes = (fields: Fields, more?: Partial<PictureRequest>) =>
    resolvePicture(request(fields, more), context).warnings.map(({ code }) => code)

  it('name models that the table does not have', () => {
    expect(codes({ alt: 'x', model: 'gpt-imag-2' })).toEqual(['UNKNOWN_MODEL'])
  })
})

describe('a resolver of many', () => {
  const sound = [{ size: '16:9', quality: 'high', widths: [9, 3] }, { style: 'paper' }]
  const wrong = [{ model: 'gpt-image-2', quality: 'best' }]
  const unknown = [{ model: 'somebody/else-1' }]
  const own: Fields[] = [
    {},
    { alt: 'A.' },
    { prompt: ['Two', 'lines.'], decorative: true },
    { prompt: 'x'.repeat(40_000) },
    { size: '1x1', alt: 'B.' },
    { model: 'dall-e-3' },
    { style: 'no such' },
  ]
  it('gives for each what it would give for it alone, in any order', () => {
    const requests = [sound, wrong, unknown, []].flatMap((defaults) =>
      own.map((fields, i) =>
        request(fields, { name: `src/p${i}`, defaults, styles: i % 2 === 0 ? { paper: 'Paper.' } : {} }),
      ),
    )
    const seen = (resolved: ReturnType<typeof resolvePicture>) => JSON.parse(JSON.stringify(resolved))
    const alone = requests.map((one) => seen(resolvePicture(one, context)))
    expect(alone.map(({ ok }) => ok)).toContain(false)
    const resolve = createResolver(context)
    expect(requests.map((one) => seen(resolve(one)))).toEqual(alone)
    const backwards = createResolver(context)
    expect(requests.toReversed().map((one) => seen(backwards(one)))).toEqual(alone.toReversed())
  })
})
