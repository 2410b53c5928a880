import { OUR_IDS } from './ids.ts'

/** A specifier with the query word. */
export const GENERATE = /[?&]generate(?:[&=]|$)/

/** A specifier with the query word, or the id of one of our modules, which may be an address in a dev server. */
export const OURS = new RegExp(`${GENERATE.source}|${OUR_IDS.source}`)

/** The ids of stylesheets, with their dialect: those in components and pages as well. */
export const STYLESHEETS = /\.(css|less|sass|scss|styl|stylus|pcss|postcss)(?:$|\?)/

/** What is no stylesheet, although its name is that of one. */
export const NO_STYLESHEETS = /[?&](?:worker|sharedworker|raw|url|commonjs-proxy)\b/

/** Where the files of a dev server live, below its base. */
export const DEV_FILES = '__generate-images/files/'
