import { createUnplugin } from 'unplugin'
import { factory } from './plugin/bundlers.ts'

/** The plugin for every bundler; each also has an entry of its own, such as `unplugin-generate-images/vite`. */
const generateImages = createUnplugin(factory)
export default generateImages

export { defineConfig, type Options } from './config/define.ts'
export { openProject } from './config/open-project.ts'
export type { Project } from './config/project.ts'
export type { ImageName } from './embed/register.ts'
export type { GeneratedImg, GeneratedMetadata, GeneratedPicture } from './embed/shapes.ts'
export { type ErrorCode, GenerateImagesError, type Place } from './errors/index.ts'
