// What a person writes without a plugin: every original in every width and format, with sharp's defaults unless OPTIONS (JSON)
// says more. `node sharp.mjs WIDTHS FORMATS [OPTIONS]` in a folder with pictures in src/.
import { mkdirSync, readdirSync } from 'node:fs'
import { parse } from 'node:path'
import sharp from 'sharp'

const [widths, formats] = process.argv.slice(2, 4).map((list) => list.split(','))
const options = JSON.parse(process.argv[4] ?? '{}')
mkdirSync('dist', { recursive: true })
for (const file of readdirSync('src')) {
  if (!/\.(png|jpg)$/.test(file)) continue
  const picture = sharp(`src/${file}`)
  await Promise.all(
    widths.flatMap((width) =>
      formats.map((format) =>
        picture
          .clone()
          .resize(Number(width))
          .toFormat(format, options)
          .toFile(`dist/${parse(file).name}-${width}.${format}`),
      ),
    ),
  )
}
