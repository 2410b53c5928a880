import { integration } from './astro/integration.ts'

/** The integration for Astro: the pictures of its pages, components, styles and Markdown. */
export default integration
