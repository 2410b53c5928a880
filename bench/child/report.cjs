// Loaded into every measured process before its own code (node --require): at its end it writes what it took. The parent
// can't know that of a child: CPU with all threads, and the highest resident size of the program itself.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs')
const { isMainThread } = require('node:worker_threads')

const file = process.env.BENCH_REPORT
// Neither workers nor processes that this one starts shall write in its place.
delete process.env.BENCH_REPORT
if (isMainThread && file !== undefined) process.on('exit', () => writeFileSync(file, JSON.stringify(usage())))

/** CPU in milliseconds (user and system), memory in bytes; of this process and of those that it started. */
function usage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const cpu = (userCPUTime + systemCPUTime) / 1000
  if (process.platform !== 'linux') return { cpu, memory: maxRSS * 1024 }
  const own = timesOf(process.pid)
  const others = descendantsOf(process.pid)
  return {
    cpu: cpu + own.reaped + sum(others.map((pid) => timesOf(pid).all)),
    memory: highestOf(process.pid) + sum(others.map(highestOf)),
  }
}

/** Processes below this one that still live, such as the one that esbuild works in. */
function descendantsOf(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), fieldsOf(name)?.[1]])
  const below = (one) =>
    parents.filter(([, parent]) => Number(parent) === one).flatMap(([child]) => [child, ...below(child)])
  return below(pid)
}

// The fields of /proc/PID/stat after the name of the program, which may hold spaces: state, parent, …
function fieldsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return undefined
  }
}

// Ticks are hundredths of a second on every Linux that Node runs on.
function timesOf(pid) {
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = (fieldsOf(pid) ?? [])
    .slice(11, 15)
    .map((ticks) => Number(ticks) * 10)
  return { all: user + system + childUser + childSystem, reaped: childUser + childSystem }
}

// Not maxRSS: that of a process begins with what its parent held when it was forked.
function highestOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) * 1024
  } catch {
    return 0
  }
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0)
}
