// A user's loader for their own pictures.
module.exports = () => `module.exports = 'own'`
module.exports.raw = true
