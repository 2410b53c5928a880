import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createError } from '../errors/index.ts'
import { reasonOf } from './sharp.ts'

/** Raised with every change of this room that changes the bytes of a rendition. */
const RENDERER = 4

/**
 * The encoder and its version, for keys: `sharp 0.35.5, renderer 4`. sharp pins the version of every encoder in its
 * prebuilt libraries, so its own stands for all. Reads one file and loads nothing native. Throws NO_ENCODER.
 */
export function encoderVersion(): string {
  try {
    // sharp exports its entry alone, so the package.json is looked for above it.
    let folder = dirname(createRequire(import.meta.url).resolve('sharp'))
    while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder)
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return `sharp ${version}, renderer ${RENDERER}`
  } catch (cause) {
    throw createError('NO_ENCODER', { why: reasonOf(cause) }, { cause })
  }
}
