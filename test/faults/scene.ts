// What a fault befalls: a project in a folder of its own, an API that keeps books, and the built command line in real
// processes. Everything that happens is written down, step by step, for the judge.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { during } from './answers.ts'
import { newCanary } from './canary.ts'
import { openRoom, type Room } from './room.ts'
import { type Answer, type FaultApi, startFaultApi } from './server.ts'

const HERE = import.meta.dirname
const CLI = join(HERE, '../../dist/cli/main.js')
const BUILD = join(HERE, 'build.mjs')

/** At which file operation of a child something happens; see at.mjs. */
export interface At {
  readonly at: string
  readonly when: 'before' | 'after'
  readonly nth?: number
  readonly kill?: true
  readonly sh?: string
}

/** How a child is started. */
export interface StartOptions {
  readonly at?: readonly At[]
  /** Its clock, in hours ahead of ours. */
  readonly hoursAhead?: number
  /** How often it can load sharp; unset: always. */
  readonly sharpLoads?: number
  /** A Vite build, and not the command line. */
  readonly build?: true
  readonly environment?: Readonly<Record<string, string>>
}

/** How a child ended. */
export interface Ended {
  /** Its status, the signal that killed it, or `hang`. */
  readonly exit: number | string
  /** What it printed, both streams. */
  readonly out: string
}

/** A child under way. */
export interface Child {
  readonly process: ChildProcess
  readonly out: () => string
  readonly ended: Promise<Ended>
}

/** One step of a row: what was done, until it ended by itself. */
export interface Step {
  readonly exits: readonly (number | string)[]
  readonly out: string
  readonly posts: number
  readonly seconds: number
}

export interface SceneOptions {
  /** How many pictures are asked for; 1 unless told. */
  readonly pictures?: number
  /** Options of the project, as its configuration file has them. */
  readonly options?: object
  /** Fields of each picture. */
  readonly fields?: object
  /** Further files. */
  readonly files?: Readonly<Record<string, string>>
  /** In a mount namespace of its own. */
  readonly room?: true
  /** Seconds that each step may take. */
  readonly seconds: number
}

/** See the file's head. */
export interface Scene {
  readonly api: FaultApi
  readonly key: string
  /** The project's folder, and the temporary folder of its children. */
  readonly root: string
  readonly temp: string
  /** Names of the pictures. */
  readonly names: readonly string[]
  readonly steps: readonly Step[]
  /** Everything that is written on the disk, as seen from here. */
  readonly written: readonly string[]
  /** Only with `room`. */
  readonly room: Room
  /** A path of the project, as seen from here. */
  at(file: string): string
  read(file: string): Buffer
  write(file: string, content: string | Uint8Array): void
  start(args?: readonly string[], options?: StartOptions): Child
  /** Waits until some condition holds; fails after the step's time. */
  until(condition: () => boolean): Promise<void>
  /** An answer that waits until it is let go. */
  held(): { readonly answer: Answer; readonly letGo: () => void }
  /** One step: whatever children `work` starts, until all have ended. */
  step(work: () => unknown): Promise<Step>
  /** One step of one child. */
  run(args?: readonly string[], options?: StartOptions): Promise<Step>
  build(options?: StartOptions): Promise<Step>
}

/** Names of pictures: `boat`, or `boat-01`, `boat-02`, … */
const namesOf = (count: number) =>
  count === 1 ? ['boat'] : Array.from({ length: count }, (_, at) => `boat-${String(at + 1).padStart(2, '0')}`)

/** Sets a scene; it is cleared away after the test. */
export async function setScene(options: SceneOptions): Promise<Scene> {
  if (!existsSync(CLI)) throw new Error('dist/ is not there: npm run build')
  const base = mkdtempSync(join(tmpdir(), 'fault-'))
  onTestFinished(() => rmSync(base, { recursive: true, force: true }))
  const [root, temp] = [join(base, 'project'), join(base, 'tmp')]
  mkdirSync(temp)
  mkdirSync(root)
  const api = await startFaultApi()
  onTestFinished(() => api.close())
  const room = options.room ? await openRoom() : undefined
  if (room !== undefined) onTestFinished(() => room.close())

  const key = newCanary()
  const names = namesOf(options.pictures ?? 1)
  const steps: Step[] = []
  const running = new Set<Child>()
  const all: Child[] = []
  const seen = (path: string) => room?.seen(path) ?? path
  const at = (file: string) => seen(join(root, file))

  const start: Scene['start'] = (
    args = [],
    { at: rules, hoursAhead = 0, sharpLoads, build, environment } = {},
  ) => {
    const preload = [
      ...(build ? [] : ['quick.mjs']),
      ...(rules === undefined ? [] : ['at.mjs']),
      ...(hoursAhead === 0 ? [] : ['clock.mjs']),
      ...(sharpLoads === undefined ? [] : ['no-sharp.mjs']),
    ].flatMap((file) => ['--import', join(HERE, file)])
    const node = [process.execPath, ...preload, ...(build ? [BUILD, root] : [CLI, ...args])]
    const line = [...(room?.enter ?? []), 'sh', '-c', 'cd "$0"; exec "$@"', root, ...node]
    const child = spawn(line[0]!, line.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: base,
        TMPDIR: temp,
        NO_COLOR: '1',
        GENERATE_IMAGES_BASE_URL: api.baseURL,
        GENERATE_IMAGES_API_KEY: key,
        FAULT_AT: JSON.stringify(rules ?? []),
        SHARP_LOADS: String(sharpLoads ?? ''),
        CLOCK_AHEAD_MS: String(hoursAhead * 3600_000),
        ...environment,
      },
    })
    let out = ''
    let hangs = false
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (out += text))
    const timer = setTimeout(() => {
      hangs = true
      child.kill('SIGKILL')
    }, options.seconds * 1000)
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code, signal) => {
        clearTimeout(timer)
        running.delete(one)
        resolve({ exit: hangs ? 'hang' : (code ?? signal ?? ''), out })
      })
    })
    const one: Child = { process: child, out: () => out, ended }
    running.add(one)
    all.push(one)
    return one
  }
  onTestFinished(() => {
    for (const { process: child } of running) child.kill('SIGKILL')
  })

  const scene: Scene = {
    ...{ api, key, root, temp, names, steps, at, start },
    written: [seen(base)],
    get room() {
      if (room === undefined) throw new Error('this scene has no room')
      return room
    },
    read: (file) => readFileSync(at(file)),
    write(file, content) {
      mkdirSync(dirname(at(file)), { recursive: true })
      writeFileSync(at(file), content)
    },
    async until(condition) {
      const since = performance.now()
      while (!condition()) {
        if (performance.now() - since > options.seconds * 1000) throw new Error('it never came to that')
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    held() {
      let letGo = () => {}
      const gone = new Promise<void>((resolve) => {
        letGo = resolve
      })
      return { answer: during(() => gone), letGo }
    },
    async step(work) {
      const [posts, since, first] = [api.posts, performance.now(), all.length]
      await work()
      const ended = await Promise.all(all.slice(first).map((child) => child.ended))
      const step: Step = {
        exits: ended.map(({ exit }) => exit),
        out: ended.map(({ out }) => out).join('\n'),
        posts: api.posts - posts,
        seconds: (performance.now() - since) / 1000,
      }
      steps.push(step)
      return step
    },
    run: (args, how) => scene.step(() => void start(args, how)),
    build: (how = {}) => scene.run([], { ...how, build: true }),
  }
  const entry = (name: string) => ({ prompt: `A paper ${name}.`, alt: `A ${name}.`, ...options.fields })
  const images = Object.fromEntries(names.map((name) => [name, entry(name)]))
  scene.write('images.prompts.json', JSON.stringify({ images }, null, 2))
  scene.write('generate-images.config.json', JSON.stringify(options.options ?? {}))
  for (const [file, text] of Object.entries(options.files ?? {})) scene.write(file, text)
  return scene
}
