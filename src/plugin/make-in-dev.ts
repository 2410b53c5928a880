// `g + enter` in Vite's terminal: what is missing, what it costs, and a second `g` that makes it.
import type { CLIShortcut, ViteDevServer } from 'vite'
import { askedBefore } from '../pipeline/asked-before.ts'
import { count, dollars } from '../pipeline/figures.ts'
import type { Plan } from '../pipeline/plan.ts'
import type { Host } from './host.ts'
import type { Reporter } from './report.ts'

/** How long a question stands. */
const ASKED_MS = 60_000

/** Adds the shortcut wherever the host of this server binds Vite's own, and says at the start what is missing. */
export function addShortcut(server: ViteDevServer, host: Host, reporter: Reporter): void {
  const { press, tellMissing } = createMaker(host, reporter)
  let bound = false
  const bind = server.bindCLIShortcuts
  // After those of the user, so that a `g` of theirs stays theirs. Never by ourselves: who binds none wants the terminal.
  server.bindCLIShortcuts = (options) => {
    bound = process.stdin.isTTY === true
    return bind.call(server, {
      ...options,
      customShortcuts: [...(options?.customShortcuts ?? []), shortcut],
    })
  }
  // Vite keeps a shortcut when it starts anew with the configuration read again: it looks for whom to ask each time.
  const shortcut: CLIShortcut<ViteDevServer> = {
    key: 'g',
    description: 'make the pictures that are not made yet (asks first)',
    // Not awaited: other shortcuts would wait for the pictures.
    action: (current) => void (current as Making)[MAKING]?.(),
  }
  ;(server as Making)[MAKING] = press
  const tell = () => {
    const base = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0]
    const gallery = new URL('__generate-images/', base ?? 'http://localhost/')
    const page = base === undefined ? gallery.pathname : gallery.href
    const how = bound ? `press g + enter, or open ${page}` : 'run npx generate-images'
    tellMissing(how).catch(reporter.failed)
  }
  // Who listens prints its addresses and binds its shortcuts right after.
  const soon = () => void setTimeout(tell, 50).unref()
  if (server.httpServer === null) soon()
  else server.httpServer.once('listening', soon)
}

const MAKING = Symbol.for('unplugin-generate-images')
type Making = ViteDevServer & { [MAKING]?: () => void }

/** What asks a person, and makes pictures at their word. */
export function createMaker(
  host: Host,
  reporter: Reporter,
): { press(): void; tellMissing(how: string): Promise<void> } {
  let asked: { readonly about: string; readonly at: number } | undefined
  let isMaking = false
  const say = (line: string) => reporter.say(line)

  const make = async () => {
    const { session } = await host.begun()
    const { made, failed, recovered, copied, spentUsd, emulatedUsd } = await session.make()
    const done = made.length + recovered.length + copied.length
    const price =
      emulatedUsd > 0 && spentUsd === 0 ? 'by the emulator, for nothing' : `for ${dollars(spentUsd)}`
    say(`${count(done, 'picture')} made ${price}${failed.length > 0 ? `, ${failed.length} failed` : ''}`)
  }
  const ask = async (): Promise<void> => {
    const { session, project } = await host.begun()
    const { mode, modeReason } = project.settings
    if (mode === 'frozen') return say(`nothing is made, because ${modeReason}`)
    const plan = await session.plan()
    const free = plan.images.filter(({ how }) => how === 'copy' || how === 'finish').length
    if (plan.totals.images + free === 0) return say('there is nothing to make')
    await project.holdBudget(plan)
    const about = aboutOf(plan)
    if (asked?.about === about && performance.now() - asked.at < ASKED_MS) {
      asked = undefined
      return make()
    }
    asked = { about, at: performance.now() }
    for (const line of askedBefore(plan)) say(line)
    const isFree = project.settings.provider.kind === 'emulator'
    const price = isFree ? 'the emulator is free' : `about ${dollars(plan.totals.estimateUsd)}`
    say(
      `${count(plan.totals.images + free, 'picture')} to make, ${price}: press g + enter again to make them`,
    )
  }

  return {
    press() {
      if (isMaking) return say('pictures are being made already')
      isMaking = true
      ask()
        .catch(reporter.failed)
        .finally(() => {
          isMaking = false
        })
    },
    async tellMissing(how) {
      const { session, project } = await host.begun()
      if (project.settings.mode !== 'draft' || session.mistakes().length > 0) return
      reporter.drafts(await session.plan(), how)
    },
  }
}

/** What a person was asked about: they are asked again where it has changed. */
const aboutOf = ({ images, totals }: Plan) =>
  JSON.stringify([images.filter(({ how }) => how !== 'there').map(({ key, how }) => [key, how]), totals])
