import { statfs } from 'node:fs/promises'
import { createError } from '../errors/index.ts'
import type { Layout } from './layout.ts'

/** Room on the disk where pictures are kept. What was reserved is not given out again, in this process. */
export interface Room {
  /** Sets room aside until the answer lets go of it. Throws NO_SPACE where the disk has less left. All in bytes. */
  reserve(bytes: number): Promise<() => void>
}

/** See `Room`. The folder must be there. */
export function createRoom(layout: Layout): Room {
  let reserved = 0
  return {
    async reserve(bytes) {
      reserved += bytes
      const release = () => {
        reserved -= bytes
      }
      try {
        const { bavail, blocks, bsize } = await statfs(layout.folder)
        const free = bavail * bsize
        // Some network file systems don't say.
        if (blocks > 0 && free < reserved) {
          const problem = `${megabytes(free)} free, ${megabytes(reserved)} may be needed`
          throw createError('NO_SPACE', { file: `${layout.show(layout.folder)}/`, problem })
        }
        return release
      } catch (error) {
        release()
        throw error
      }
    },
  }
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`
