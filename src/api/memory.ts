/** Memory for what is large and soon done with: given again, it need neither be cleared nor looked for by the collector. */
export interface Memory {
  /** So many bytes, of any content. */
  lend(bytes: number): Buffer
  /** Takes back what was lent, or does nothing. Whoever has it still finds it empty: nothing may be reading or writing it. */
  takeBack(bytes: Uint8Array): void
}

// Sizes that differ a little can use the same memory.
const STEP = 512 * 1024
const MOST_KEPT = 32 * 1024 * 1024

/** Makes the memory of one client; it keeps at most 32 MB that nobody has. */
export function createMemory(): Memory {
  const free: ArrayBuffer[] = []
  const lent = new WeakSet<ArrayBufferLike>()
  return {
    lend(bytes) {
      const size = Math.ceil(bytes / STEP) * STEP
      const at = free.findIndex(({ byteLength }) => byteLength >= size && byteLength <= 2 * size)
      const [known] = at === -1 ? [] : free.splice(at, 1)
      const memory = known ?? Buffer.allocUnsafeSlow(size).buffer
      lent.add(memory)
      return Buffer.from(memory, 0, bytes)
    },
    takeBack({ buffer }) {
      if (!lent.delete(buffer)) return
      // Moved, so that no view of it is left.
      const memory = structuredClone(buffer as ArrayBuffer, { transfer: [buffer as ArrayBuffer] })
      const kept = free.reduce((sum, { byteLength }) => sum + byteLength, 0)
      if (kept + memory.byteLength <= MOST_KEPT) free.push(memory)
    },
  }
}
