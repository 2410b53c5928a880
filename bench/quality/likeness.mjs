// Structural similarity of brightness (weight 6) and of both colours (1 each), each at full and half size: for machines
// without Butteraugli. 0 is the same picture, and more is worse, as there.
/** How far two pictures of 8-bit sRGB, three channels a pixel, are from each other: 100 times the loss. */
export function likeness(a, b, { width, height }) {
  const scores = planes(a, width, height).map((plane, i) => {
    const other = planes(b, width, height)[i]
    const half = [shrink(plane, width, height), shrink(other, width, height)]
    return (similarity(plane, other, width, height) + similarity(...half, width >> 1, height >> 1)) / 2
  })
  return 100 * (1 - (6 * scores[0] + scores[1] + scores[2]) / 8)
}

/** Brightness and the two colours, as JPEG has them. */
function planes(rgb, width, height) {
  const [y, cb, cr] = [0, 1, 2].map(() => new Float32Array(width * height))
  for (let i = 0; i < y.length; i++) {
    const [r, g, b] = [rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]]
    y[i] = 0.299 * r + 0.587 * g + 0.114 * b
    cb[i] = 0.564 * (b - y[i])
    cr[i] = 0.713 * (r - y[i])
  }
  return [y, cb, cr]
}

function shrink(plane, width, height) {
  const half = new Float32Array((width >> 1) * (height >> 1))
  for (let y = 0, i = 0; y < height >> 1; y++)
    for (let x = 0; x < width >> 1; x++, i++) {
      const at = 2 * y * width + 2 * x
      half[i] = (plane[at] + plane[at + 1] + plane[at + width] + plane[at + width + 1]) / 4
    }
  return half
}

/** The mean SSIM of 8 × 8 windows, each 4 pixels from the next. */
function similarity(a, b, width, height) {
  let total = 0
  let windows = 0
  for (let top = 0; top + 8 <= height; top += 4)
    for (let left = 0; left + 8 <= width; left += 4, windows++) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0]
      for (let y = top; y < top + 8; y++)
        for (let i = y * width + left, end = i + 8; i < end; i++) {
          sa += a[i]
          sb += b[i]
          saa += a[i] * a[i]
          sbb += b[i] * b[i]
          sab += a[i] * b[i]
        }
      const [ma, mb] = [sa / 64, sb / 64]
      const [va, vb, cov] = [saa / 64 - ma * ma, sbb / 64 - mb * mb, sab / 64 - ma * mb]
      total += ((2 * ma * mb + 6.5) * (2 * cov + 58.5)) / ((ma * ma + mb * mb + 6.5) * (va + vb + 58.5))
    }
  return total / windows
}
