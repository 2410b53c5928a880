import { join } from 'node:path'
import type { ResolvedConfig, ViteDevServer } from 'vite'
import type { Project } from '../config/project.ts'
import type { Place } from '../errors/index.ts'
import type { Gallery } from '../gallery/gallery.ts'
import { GALLERY_PATH } from '../gallery/protocol.ts'
import type { Host } from './host.ts'
import { DEV_FILES } from './specifiers.ts'

/** Serves the gallery below the base of a dev server. Nothing of it is loaded before somebody asks for it. */
export function mountGallery(server: ViteDevServer, host: Host): void {
  const { config } = server
  let opened: { readonly project: Project; readonly gallery: Promise<Gallery> } | undefined
  const galleryOf = (project: Project): Promise<Gallery> => {
    if (opened?.project !== project) {
      const load = async () => {
        const { createGallery } = await import('../gallery/gallery.ts')
        const open = ({ file, line, column }: Place) =>
          openAddress(join(project.settings.root, file), line, column)
        return createGallery({ project, hosts: hostsOf(config), open })
      }
      opened = { project, gallery: load() }
    }
    return opened.gallery
  }
  const start = config.base + GALLERY_PATH
  server.middlewares.use((incoming, outgoing, next) => {
    const { url = '' } = incoming
    if (url.split('?')[0] === start.slice(0, -1)) {
      outgoing.writeHead(302, { location: start }).end()
      return
    }
    if (!url.startsWith(start) || url.startsWith(config.base + DEV_FILES)) return next()
    const serve = async () => {
      const { project } = await host.begun()
      const { answer } = await import('../gallery/server.ts')
      await answer(await galleryOf(project), incoming, outgoing, url.slice(config.base.length - 1))
    }
    serve().catch(next)
  })
  server.httpServer?.once('close', () => {
    opened?.gallery.then((gallery) => gallery.close()).catch(() => {})
  })
}

/** Vite's own address for that, seen from the gallery's page. */
function openAddress(file: string, line = 1, column = 1): string {
  return `../__open-in-editor?file=${encodeURIComponent(`${file}:${line}:${column}`)}`
}

/** The names that the owner gave the server. `allowedHosts: true` names none: then it is plain addresses and this machine. */
function hostsOf({ server }: ResolvedConfig): string[] {
  const { allowedHosts, host, hmr, origin } = server
  const hmrHost = typeof hmr === 'object' ? hmr.host : undefined
  const originHost = origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : undefined
  const named = [host, hmrHost, originHost].filter((one) => typeof one === 'string')
  return [...(Array.isArray(allowedHosts) ? allowedHosts : []), ...named]
}
