import type { GenerateImagesError } from '../../src/errors/index.ts'
import { createSite, type Files, type Site } from '../support/site.ts'

/** A folder with files; nothing in it asks for anything. It goes away after the test. */
export function folderWith(files: Files = {}): Promise<Site> {
  return createSite(files, 'http://127.0.0.1:1/v1')
}

/** The whole messages of errors, as a person reads them, between empty lines. */
export function messagesOf(errors: readonly GenerateImagesError[]): string {
  return `\n${errors.map(({ message }) => message).join('\n\n')}\n`
}

/** The message that something fails with. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  const ended = await work.then(
    () => undefined,
    (error: Error) => error.message,
  )
  if (ended === undefined) throw new Error('this was to fail')
  return `\n${ended}\n`
}
