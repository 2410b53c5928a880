// How much room a picture takes before anything is known of it. Bytes.
import type { RequestBody } from '../spec/specs.ts'
import type { Room } from '../store/index.ts'
import type { Plan } from './plan.ts'

// RGB without compression, which no lossless picture exceeds by much.
const BYTES_A_PIXEL = 3
// What `auto` may come to: no model was seen to choose more by itself.
const AUTO_PIXELS = 2048 * 2048

/** What a kept picture takes at most. */
export function roomToKeep({ size }: RequestBody): number {
  const [width, height] = (size ?? '').split('x').map(Number)
  return BYTES_A_PIXEL * (width && height ? width * height : AUTO_PIXELS)
}

/** What it takes while it is asked for: its answer in base64, the take, and the file under its name. */
export function roomToAsk(body: RequestBody): number {
  return Math.ceil(roomToKeep(body) * (4 / 3 + 2))
}

/** Looks whether the disk takes the whole plan, before its first request. Throws NO_SPACE. */
export async function holdRoom(plan: Plan, room: Room): Promise<void> {
  const bodies = plan.images
    .filter(({ how }) => how === 'ask')
    .flatMap(({ picture, takes = 1 }) => Array<RequestBody>(takes).fill(picture!.spec.request))
  if (bodies.length === 0) return
  const kept = bodies.reduce((total, body) => total + roomToKeep(body), 0)
  const release = await room.reserve(kept + bodies.reduce((most, body) => Math.max(most, roomToAsk(body)), 0))
  release()
}
