// The same by @11ty/eleventy-img, with its defaults. `node eleventy.mjs WIDTHS FORMATS` in a folder with pictures in src/.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { here } from '../places.mjs'

const path = createRequire(here('peers/package.json')).resolve('@11ty/eleventy-img')
const { default: image } = await import(pathToFileURL(path).href)
const [widths, formats] = process.argv.slice(2).map((list) => list.split(','))
const files = readdirSync('src').filter((file) => /\.png$/.test(file))
await Promise.all(
  files.map((file) => image(`src/${file}`, { widths: widths.map(Number), formats, outputDir: 'dist' })),
)
