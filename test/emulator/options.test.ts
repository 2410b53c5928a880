import { describe, expect, it } from 'vitest'
import { createEmulator, startEmulator } from '../../src/emulator/index.ts'
import type { GenerateImagesError } from '../../src/errors/index.ts'

function mistake(options: object): GenerateImagesError {
  try {
    createEmulator(options)
  } catch (error) {
    return error as GenerateImagesError
  }
  throw new Error('no mistake was found')
}

describe('options', () => {
  it.each([
    [{ apiKey: '' }, 'apiKey'],
    [{ flavor: 'azure' }, 'flavor'],
    [{ picture: 'photo' }, 'picture'],
    [{ latencyMs: -1 }, 'latencyMs'],
    [{ latencyMs: Number.NaN }, 'latencyMs'],
    [{ imagesPerMinute: 0 }, 'imagesPerMinute'],
    [{ now: 7 }, 'now'],
    [{ port: 70_000 }, 'port'],
    [{ host: '0.0.0.0' }, 'host'],
  ])('refuses %j', (options, option) => {
    const error = mistake(options)
    expect(error.code).toBe('BAD_OPTION')
    expect(error.sentence).toContain(`"${option}"`)
    expect(error.hint).toMatch(/^Allowed: .+/)
  })

  it('names unknown ones, and all mistakes at once', () => {
    expect(mistake({ speed: 3 })).toMatchObject({ code: 'UNKNOWN_OPTION' })
    expect(mistake({ speed: 3, picture: 'photo' }).errors.map(({ code }) => code)).toEqual([
      'UNKNOWN_OPTION',
      'BAD_OPTION',
    ])
  })

  it('never shows a key', () => {
    expect(mistake({ apiKey: 12_345_678 }).message).not.toContain('12345678')
  })

  it('takes undefined for a default', () => {
    expect(createEmulator({ picture: undefined } as object).ledger).toEqual([])
  })

  it('says that a port is taken', async () => {
    const first = await startEmulator()
    await expect(startEmulator({ port: first.port })).rejects.toMatchObject({
      code: 'BAD_OPTION',
      sentence: expect.stringContaining(`${first.port}, which can't be listened on (EADDRINUSE)`),
    })
    await first.close()
  })
})
