// Tailwind's arbitrary values: addresses that stand in class names, and come into a stylesheet that nobody wrote.
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import tailwind from '@tailwindcss/vite'
import { build, type Rollup } from 'vite'
import { expect, it, onTestFinished } from 'vitest'
import { createSite, picturesOf } from './site.ts'

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))

it('have their pictures in a build, and in a second one without a key', async () => {
  const site = await createSite({
    'index.html': `<link rel="stylesheet" href="/src/style.css"><p class="bg-[url(/src/boat.webp?generate&w=48)]"></p>
      <script type="module" src="/src/main.js"></script>`,
    'src/images.prompts.json': JSON.stringify({ images: { boat: { prompt: 'A boat.', alt: 'A boat' } } }),
    'src/main.js': "document.body.className = 'md:bg-[image:url(/src/boat.jpg?generate&w=64)] hover:p-4'",
    'src/style.css': "@import 'tailwindcss';",
  })
  onTestFinished(() => site.remove())
  await symlink(join(MODULES, 'tailwindcss'), join(site.root, 'node_modules/tailwindcss'), 'dir')
  const once = async () => {
    const config = site.config()
    const built = await build({ ...config, plugins: [tailwind(), ...config.plugins!] })
    const { output } = built as Rollup.RollupOutput
    const css = output.flatMap((file) =>
      /\.css$/.test(file.fileName) && 'source' in file ? [String(file.source)] : [],
    )
    return { css: css.join(''), pictures: picturesOf(output) }
  }
  const { css, pictures } = await once()
  expect(pictures).toEqual(['assets/boat-48.webp', 'assets/boat-64.jpg'])
  expect(css).toMatch(/background-image: ?url\("?\/assets\/boat-48-[\w-]+\.webp"?\)/)
  expect(css).toMatch(/background-image: ?url\("?\/assets\/boat-64-[\w-]+\.jpg"?\)/)
  expect(site.emulator.requests).toHaveLength(1)
  await once()
  expect(site.emulator.requests).toHaveLength(1)
})
