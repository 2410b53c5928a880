import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { answered, body, bytesOf, cheap, get } from './support.ts'

const emulator = cheap()

describe('answers', () => {
  it('says what gpt-image made', async () => {
    const answer = await answered(emulator, body({ quality: 'medium', size: '1536x1024' }))
    expect(answer).toMatchObject({
      size: '1536x1024',
      quality: 'medium',
      background: 'opaque',
      output_format: 'png',
    })
    expect(answer.usage).toMatchObject({
      input_tokens_details: { text_tokens: 4, image_tokens: 0 },
      output_tokens: 1372,
    })
    expect(Math.abs(answer.created - Date.now() / 1000)).toBeLessThan(60)
    expect(await sharp(bytesOf(answer)).metadata()).toMatchObject({
      format: 'png',
      width: 1536,
      height: 1024,
    })
  })

  it('makes the shape that fits the prompt for size auto, outside its own grid', async () => {
    const sizeFor = async (prompt: string) => {
      const answer = await answered(emulator, body({ size: 'auto', prompt }))
      const { width, height } = await sharp(bytesOf(answer)).metadata()
      expect(answer.size).toBe(`${width}x${height}`)
      return answer.size
    }
    expect(await sizeFor('A wide landscape')).toBe('1672x941')
    expect(await sizeFor('A portrait')).toBe('941x1672')
    expect(await sizeFor('A cup')).toBe('1254x1254')
  })

  it('revises prompts where dall-e-3 did, and says nothing of tokens there', async () => {
    const answer = await answered(emulator, {
      model: 'dall-e-3',
      prompt: 'A boat.',
      response_format: 'b64_json',
    })
    expect(answer.data[0]!.revised_prompt).toMatch(/^A boat, .+\.$/)
    expect(answer).not.toHaveProperty('usage')
    expect((await answered(emulator, { model: 'dall-e-2', prompt: 'A boat.' })).data[0]).not.toHaveProperty(
      'revised_prompt',
    )
  })

  it('marks every answer as its own', async () => {
    expect(await answered(emulator, body())).toMatchObject({ emulator: 'unplugin-generate-images' })
  })
})

it('lists its models', async () => {
  const list = (await (await get(emulator, '/v1/models')).json()) as {
    object: string
    data: { id: string }[]
  }
  expect(list.object).toBe('list')
  expect(list.data.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['gpt-image-2', 'dall-e-3', 'qwen-image']),
  )
  expect(await (await get(emulator, '/v1/models/gpt-image-2')).json()).toMatchObject({
    id: 'gpt-image-2',
    object: 'model',
  })
  const none = await get(emulator, '/v1/models/gpt-image-9')
  expect(none.status).toBe(404)
  expect(await none.json()).toMatchObject({ error: { code: 'model_not_found', param: 'model' } })
})
