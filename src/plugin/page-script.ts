import { readFile } from 'node:fs/promises'

/** Vite's own client, which every page of a dev server has that hears of changes. */
export const VITE_CLIENT = /\/dist\/client\/client\.mjs(?:$|\?)/

// Where the package is built, this module lies in a folder beside that of the plugin.
const IN_PAGE = new URL('../plugin/in-page.js', import.meta.url)

/** Vite's client with what follows our pictures; as it is, where it has other words than those that are known. */
export async function addPageScript(client: string): Promise<string> {
  if (!client.includes('function createHotContext(')) return client
  return `${client}\n${await readFile(IN_PAGE, 'utf8')}`
}
