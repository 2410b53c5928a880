// A Vite dev server in a terminal, as Vite's own command line starts it: `dev-child.ts vite-7 ROOT MODE`.
// At once, because jiti loads modules that are asked for side by side before they are whole.
import '../../src/config/project.ts'
import '../../src/config/resolve-options.ts'
import generateImages from '../../src/vite.ts'

const [, , vite = 'vite', root = '', mode = ''] = process.argv
const { createServer } = (await import(vite)) as typeof import('vite')
const server = await createServer({
  ...{ root, configFile: false, clearScreen: false },
  plugins: [generateImages(mode === '' ? {} : { mode: mode as 'frozen' })],
  server: { port: 0, host: '127.0.0.1' },
})
await server.listen()
server.printUrls()
// A shortcut of the user's own.
const hello = { key: 'k', description: 'say hello', action: () => server.config.logger.info('hello to you') }
server.bindCLIShortcuts({ print: true, customShortcuts: [hello] })
