// How unlike two pictures look: by Butteraugli where libjxl 0.7 is installed, else by structural similarity.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { likeness } from './likeness.mjs'

/**
 * `compare(a, b, { width, height })` of 8-bit sRGB, three channels a pixel: 0 is the same picture, more is worse. `name`
 * says what was found; `close()` ends it.
 */
export async function openMetric() {
  const child = spawn('python3', [fileURLToPath(new URL('butteraugli.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const started = new Promise((resolve) => {
    child.once('error', () => resolve(false))
    lines.next().then(({ value }) => resolve(value === 'ready'))
  })
  if (!(await started)) {
    return {
      name: '1 − SSIM in percent (Butteraugli needs python3 and libjxl 0.7)',
      compare: likeness,
      close() {},
    }
  }
  return {
    name: 'Butteraugli, 3-norm',
    async compare(a, b, { width, height }) {
      const head = Buffer.alloc(8)
      head.writeUInt32LE(width, 0)
      head.writeUInt32LE(height, 4)
      for (const part of [head, a, b]) child.stdin.write(part)
      return Number((await lines.next()).value)
    },
    close: () => child.stdin.end(),
  }
}
