import { build } from '@farmfe/core'
import generateImages from 'unplugin-generate-images/farm'

await build({
  clearScreen: false,
  ...(process.argv[2] === 'ours' ? { plugins: [generateImages()] } : {}),
  compilation: {
    input: { index: './src/main.js' },
    output: { path: 'dist' },
    presetEnv: false,
    persistentCache: false,
  },
})
