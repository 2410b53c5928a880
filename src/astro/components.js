export { default as Picture } from './Picture.astro'
