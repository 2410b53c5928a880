import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect } from 'vitest'
import { createScanner, type Scan, type ScannerOptions } from '../../src/scan/index.ts'
import { findSpecifiers } from '../../src/scan/specifiers/languages.ts'

const folders: string[] = []
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
})

/** Writes a project into a folder of its own, which is removed after the test. Objects become JSON. */
export async function writeProject(files: Record<string, string | object>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'scan-'))
  folders.push(root)
  await writeFiles(root, files)
  return root
}

export async function writeFiles(root: string, files: Record<string, string | object>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(
      join(root, file),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    )
  }
}

export async function scanProject(
  files: Record<string, string | object>,
  options: Partial<ScannerOptions> = {},
): Promise<Scan> {
  const root = await writeProject(files)
  return createScanner({ root, defaults: {}, styles: {}, ...options }).scan()
}

/** What is found in a text, after checking that each offset is that of the text found, as far as it has no escapes. */
export function found(text: string, file: string): string[] {
  return findSpecifiers(text, file).map(({ written, offset }) => {
    const there = text.slice(offset, offset + written.length)
    if (!/[\\&]/.test(text.slice(offset, offset + written.length * 2))) expect(there).toBe(written)
    else expect(there[0]).toBe(written[0])
    return written
  })
}

/** The messages of errors, as a person reads them. */
export function messages(errors: readonly Error[]): string {
  return `\n${errors.map((error) => error.message).join('\n')}\n`
}
