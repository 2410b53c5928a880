// Where the defaults of src/render/defaults.ts come from: bytes, CPU and looks of each format at each width, beside what
// sharp does unless told, which is what others ship. `npm run bench:quality [-- FILE…]`; files take the place of the
// pictures that are drawn here. Every figure is the sum over all pictures, as a ratio to sharp's own.
import { createJiti } from 'jiti'
import sharp from 'sharp'
import { openMetric } from './quality/metric.mjs'
import { drawing, photograph, text } from './quality/pictures.mjs'

const jiti = createJiti(import.meta.url)
const { encode } = await jiti.import('../src/render/encode.ts')
const { settingsFor } = await jiti.import('../src/render/defaults.ts')

const WIDTHS = [480, 960, 1440]
const SHARP = {
  avif: (picture) => picture.avif(),
  webp: (picture) => picture.webp(),
  jpeg: (picture) => picture.jpeg(),
}
// Beside the defaults, what else was thought of: quality and effort.
const TRIALS = {
  avif: [
    [50, 2],
    [50, 3],
    [50, 4],
    [52, 3],
    [55, 2],
  ],
  webp: [
    [75, 4],
    [79, 4],
    [80, 2],
    [80, 3],
  ],
  jpeg: [
    [75, 1],
    [80, 1],
    [83, 1],
    [83, 2],
    [80, 0],
  ],
}

/** Illustrations as the emulator paints them. */
async function illustrations() {
  const { startEmulator } = await jiti.import('../src/emulator/index.ts')
  const emulator = await startEmulator()
  const ask = async (prompt) => {
    const response = await fetch(`${emulator.baseURL}/images/generations`, {
      method: 'POST',
      headers: { authorization: 'Bearer bench', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-image-2', prompt, size: '1536x1024', quality: 'low' }),
    })
    const { data } = await response.json()
    return sharp(Buffer.from(data[0].b64_json, 'base64'))
  }
  const prompts = ['A sailboat on a calm sea at dawn.', 'A forest in the mist.', 'A city at night.']
  const pictures = []
  for (const prompt of prompts) pictures.push([prompt, await ask(prompt)])
  await emulator.close()
  return pictures
}

sharp.concurrency(2)
const files = process.argv.slice(2)
const pictures =
  files.length > 0
    ? files.map((file) => [file, sharp(file)])
    : [
        ...(await illustrations()),
        ['photograph', photograph()],
        ['drawing', sharp(Buffer.from(drawing()))],
        ['text', sharp(Buffer.from(text()))],
      ]
const metric = await openMetric()
console.log(`${pictures.length} pictures; looks by ${metric.name}; less is better everywhere\n`)
console.log('width format quality effort     bytes       CPU     looks   worst of one')

const totals = { bytes: [0, 0], cpu: [0, 0], looks: {} }
for (const width of WIDTHS) {
  const shrunk = await Promise.all(pictures.map(([, picture]) => pixelsOf(picture.clone().resize(width))))
  for (const format of Object.keys(SHARP)) {
    const theirs = await measure(shrunk, (raster) =>
      SHARP[format](sharp(raster.data, { raw: raster.raw })).toBuffer(),
    )
    const chosen = settingsFor(format, width)
    const trials = [
      [chosen.quality, chosen.effort],
      ...TRIALS[format].filter(([quality, effort]) => quality !== chosen.quality || effort !== chosen.effort),
    ]
    for (const [quality, effort] of trials) {
      const spec = { format, quality, effort, width, height: 1, provenance: false }
      const ours = await measure(shrunk, async (raster) => (await encode(raster, spec)).bytes)
      const isChosen = quality === chosen.quality && effort === chosen.effort
      if (isChosen) {
        for (const one of ['bytes', 'cpu'])
          totals[one] = [totals[one][0] + ours[one], totals[one][1] + theirs[one]]
        const [a, b] = totals.looks[format] ?? [0, 0]
        totals.looks[format] = [a + sum(ours.looks), b + sum(theirs.looks)]
      }
      const worst = Math.max(...ours.looks.map((look, index) => look / theirs.looks[index]))
      const figures = [
        ours.bytes / theirs.bytes,
        ours.cpu / theirs.cpu,
        sum(ours.looks) / sum(theirs.looks),
        worst,
      ]
      console.log(
        `${String(width).padStart(5)} ${format.padEnd(6)} ${String(quality).padStart(7)} ${String(effort).padStart(6)}`,
        figures.map((figure) => figure.toFixed(3).padStart(9)).join(' '),
        isChosen ? ' ← default' : '',
      )
    }
  }
}
metric.close()
const ratio = ([ours, theirs]) => (ours / theirs).toFixed(3)
console.log(`\nAll defaults together: bytes ${ratio(totals.bytes)}, CPU of the encoders ${ratio(totals.cpu)}`)
for (const [format, looks] of Object.entries(totals.looks)) console.log(`Looks of ${format}: ${ratio(looks)}`)

async function pixelsOf(picture) {
  const { data, info } = await picture
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, raw: { width: info.width, height: info.height, channels: 3 } }
}

/** Bytes and CPU milliseconds of all pictures, and how unlike each looks. */
async function measure(rasters, write) {
  let [bytes, cpu] = [0, 0]
  const looks = []
  for (const raster of rasters) {
    const before = process.cpuUsage()
    const written = await write(raster)
    const { user, system } = process.cpuUsage(before)
    bytes += written.length
    cpu += (user + system) / 1000
    looks.push(await metric.compare(raster.data, (await pixelsOf(sharp(written))).data, raster.raw))
  }
  return { bytes, cpu, looks }
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0)
}
