export default function (config) {
  config.addPassthroughCopy('style.css')
  config.addPassthroughCopy('pictures/**/*.{avif,webp,jpg,png}')
}
