import { OUR_IDS } from './ids.ts'

/** A specifier with the query word. */
export const GENERATE = /[?&]generate(?:[&=]|$)/

/** A specifier with the query word, or the id of one of our modules, which may be an address in a dev server. */
export const OURS = new RegExp(`${GENERATE.source}|${OUR_IDS.source}`)
