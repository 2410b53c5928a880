// The command line as a person meets it: arguments in; status, output and the screen out.
import { Writable } from 'node:stream'
import { runCli } from '../../src/cli/run.ts'
import { createTerminal } from '../../src/cli/terminal.ts'
import { createSite, type Files, KEY, type Site } from '../support/site.ts'

/** What a command line gave. */
export interface Shown {
  readonly status: number
  readonly out: string
  readonly err: string
}

export interface ShellOptions {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Whether standard error is a person's terminal. */
  readonly live?: boolean
  /** Is handed what an interruption calls. */
  readonly interrupt?: (interrupted: () => void) => void
}

/** Collects what is written to a stream. */
export function stream(isTTY = false, columns = 80) {
  let text = ''
  const write = new Writable({
    write(chunk, _, done) {
      text += String(chunk)
      done()
    },
  })
  return Object.assign(write, { isTTY, columns, text: () => text })
}

/** Runs a command line inside this process, in an environment of its own. */
export async function shell(argv: readonly string[], options: ShellOptions = {}): Promise<Shown> {
  const { cwd = '/', environment = {}, live = false, interrupt } = options
  const [out, err] = [stream(live), stream(live)]
  const status = await runCli(argv, {
    cwd,
    environment,
    version: '1.2.3',
    terminal: createTerminal(out, err, environment),
    onInterrupt(interrupted) {
      interrupt?.(interrupted)
      return () => {}
    },
  })
  return { status, out: out.text(), err: err.text() }
}

/** A project, and a shell in it whose environment leads to `baseURL`, or to no key at all. */
export async function projectWith(files: Files, baseURL?: string): Promise<Site & { sh: typeof shell }> {
  const site = await createSite(files, baseURL ?? '')
  const keys: Record<string, string> =
    baseURL === undefined ? {} : { GENERATE_IMAGES_BASE_URL: baseURL, GENERATE_IMAGES_API_KEY: KEY }
  const sh: typeof shell = (argv, options = {}) =>
    shell(argv, { cwd: site.root, ...options, environment: { ...keys, ...options.environment } })
  return { ...site, sh }
}

/** A text without what changes from run to run, as a snapshot holds it. */
export function steady({ status, out, err }: Shown): string {
  const text = [
    `status ${status}`,
    ...(out === '' ? [] : ['--- out', out]),
    ...(err === '' ? [] : ['--- err', err]),
  ]
  return `\n${text.join('\n')}`
    .replaceAll(/\b\d+ (?:min \d\d )?s\b/g, 'N s')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'KEY')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/\breq_\w+/g, 'req_ID')
}
