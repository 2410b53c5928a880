// The least that a plan takes: the manifest and every record read and parsed, every original looked at.
import { readdirSync, readFileSync, statSync } from 'node:fs'

const { images } = JSON.parse(readFileSync('src/images.prompts.json', 'utf8'))
let bytes = 0
for (const name of readdirSync('generated-images/src')) {
  const file = `generated-images/src/${name}`
  if (name.endsWith('.json')) bytes += JSON.parse(readFileSync(file, 'utf8')).original.bytes
  else bytes -= statSync(file).size
}
if (bytes !== 0) throw new Error('The records and the originals differ')
console.log(Object.keys(images).length)
