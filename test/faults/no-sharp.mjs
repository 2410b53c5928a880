// Loaded into a child before the program: sharp can be loaded so many times (SHARP_LOADS) and then no more, as if it had
// been installed for another machine, or removed meanwhile.
import { register } from 'node:module'

const hooks = `let left = ${Number(process.env.SHARP_LOADS)}
export async function resolve(specifier, context, next) {
  if (specifier === 'sharp' && left-- <= 0) throw new Error('Could not load the "sharp" module using the linux-x64 runtime')
  return next(specifier, context)
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
