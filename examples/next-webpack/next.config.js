import generateImages from 'unplugin-generate-images/webpack'

export default {
  output: 'export',
  webpack(config) {
    config.plugins.push(generateImages())
    return config
  },
}
