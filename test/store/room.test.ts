import { statfs } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { freshStore, rejection } from './support.ts'

it('keeps what is reserved from whoever comes next, and gives it back', async () => {
  const { room, layout } = await freshStore()
  const { bavail, bsize } = await statfs(layout.folder)
  // Others use the disk as well: far from its edge.
  const most = Math.floor(bavail * bsize * 0.6)
  const release = await room.reserve(most)
  const error = await rejection(room.reserve(most))
  expect(error.code).toBe('NO_SPACE')
  expect(error.sentence).toMatch(
    /^There is no space left to write generated-images\/ \(\d+ MB free, \d+ MB may be needed\)\.$/,
  )
  release()
  const again = await room.reserve(most)
  again()
  expect((await rejection(room.reserve(Number.MAX_SAFE_INTEGER))).code).toBe('NO_SPACE')
})
