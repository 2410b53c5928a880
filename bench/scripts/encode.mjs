// The renditions of one picture and nothing else: prints the milliseconds that they take, once sharp is loaded and has
// made one before. `node encode.mjs FILE WIDTHS QUALITY`.
import sharp from 'sharp'

const [file, widths, quality] = process.argv.slice(2)
const encode = (width) =>
  sharp(file)
    .resize(width)
    .jpeg({ quality: Number(quality) })
    .toBuffer()
await encode(16)
const started = performance.now()
await Promise.all(widths.split(',').map((width) => encode(Number(width))))
console.log(performance.now() - started)
