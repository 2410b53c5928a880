// Loaded into a child before the program. At a file operation it does what a power cut or another program would do there:
// FAULT_AT is a JSON list of { at, when, nth, kill | sh }; `at` is a pattern over "operation path".
import { execFileSync } from 'node:child_process'
import { promises } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const rules = JSON.parse(process.env.FAULT_AT ?? '[]')

function happens(when, what) {
  for (const rule of rules) {
    if (rule.when !== when || !new RegExp(rule.at).test(what)) continue
    rule.seen = (rule.seen ?? 0) + 1
    if (rule.seen !== (rule.nth ?? 1)) continue
    if (rule.sh !== undefined) execFileSync('sh', ['-ec', rule.sh], { stdio: 'inherit' })
    if (rule.kill === true) {
      process.kill(process.pid, 'SIGKILL')
      // Not one step further.
      for (;;);
    }
  }
}

for (const operation of ['open', 'rename', 'link', 'copyFile', 'rm', 'mkdir']) {
  const real = promises[operation]
  promises[operation] = async (...args) => {
    const path = ['rename', 'link', 'copyFile'].includes(operation) ? args[1] : args[0]
    happens('before', `${operation} ${path}`)
    const result = await real.apply(promises, args)
    happens('after', `${operation} ${path}`)
    return result
  }
}
syncBuiltinESMExports()
