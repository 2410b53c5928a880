// A Vite build of a folder in a process of its own.
import { build } from 'vite'
import generateImages from '../../src/vite.ts'

const [root = ''] = process.argv.slice(2)
await build({ root, configFile: false, logLevel: 'error', plugins: [generateImages({ mode: 'generate' })] })
