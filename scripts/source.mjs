import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'

const jiti = createJiti(import.meta.url, { fsCache: false })

/** Imports a module of src, which the built package holds among others; on each Node that the project runs on. */
export const importSource = (path) => jiti.import(fileURLToPath(new URL(`../src/${path}`, import.meta.url)))
