// Pictures and stores for the tests; no test framework, so that a child process can use it too.
import { join } from 'node:path'
import { keyOf } from '../../src/spec/key.ts'
import type { RequestBody } from '../../src/spec/specs.ts'
import { createStore, type NewOriginal, type PictureType, type Store } from '../../src/store/index.ts'

/** Ten seconds ahead, so that files written just now are old enough for the memo. */
export const later = () => Date.now() + 10_000

/** The store of a root, as a later process would open it. */
export function openStore(root: string, now = later): Store {
  const cacheDir = join(root, 'node_modules/.cache/unplugin-generate-images')
  return createStore({ root, cacheDir, rescueDir: join(root, '../rescue'), now })
}

export function requestOf(prompt: string): RequestBody {
  return { model: 'gpt-image-2', prompt, size: '1024x1024' }
}

export function keyFor(prompt: string): string {
  return keyOf({ model: 'gpt-image-2', prompt, size: '1024x1024' })
}

/** Bytes that stand for a picture: the store looks at none of them. */
export function bytesOf(text: string, length = 5000): Buffer {
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(length, `${text}|`)])
}

/** A paid picture of a prompt; `look` tells takes of one prompt apart. */
export function original(
  prompt: string,
  {
    look = prompt,
    type = 'png',
    take = 1,
    ...more
  }: Partial<NewOriginal> & { look?: string; type?: PictureType } = {},
): NewOriginal {
  return {
    bytes: bytesOf(look),
    facts: { type, width: 1024, height: 1024, hasAlpha: false },
    key: keyFor(prompt),
    request: requestOf(prompt),
    take,
    answer: { created: 1_790_000_000, usage: { output_tokens: 1756 } },
    provider: 'api.cometapi.com',
    cost: { usd: 0.053, basis: 'usage' },
    generatedAt: '2026-11-22T10:00:00.000Z',
    ...more,
  }
}
