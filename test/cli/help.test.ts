import { describe, expect, it } from 'vitest'
import { FLAGS } from '../../src/cli/flags.ts'
import { COMMANDS } from '../../src/cli/run.ts'
import { shell } from './support.ts'

const help = async (...argv: string[]) => {
  const { status, out, err } = await shell(argv)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return `\n${out}`
}

describe('the help', () => {
  it('of the program', async () => {
    expect(await help('--help')).toMatchInlineSnapshot(`
      "
      generate-images: pictures from prompts, made once, kept in git

      Usage: generate-images [COMMAND] [FLAGS]

      Commands:
        generate  make what is missing or stale (the default)
        plan      what is kept, what is missing, and what it would cost
        check     whether every picture is there and whole; for CI
        redo      make pictures anew, or several takes of them to choose from
        pick      put one of the takes of a picture in its place
        adopt     take a picture of your own for a prompt
        prune     take away the pictures that nothing asks for any more
        export    write every rendition into a folder, for sites without a bundler of ours
        gallery   every picture in a page of this machine, to look at, make and choose
        init      write the first manifest and make TypeScript see the types
        emulator  the image API on this machine, free, for trying out and for tests

      Flags:
        --config FILE        the file of options; unless told generate-images.config.ts, .js, .mjs, .json
        --mode MODE          generate, frozen or draft; the last two ask for nothing
        --provider emulator  ask the emulator inside this process: free pictures to try with
        --filter GLOB        only pictures whose name matches; without a slash, the last part of the name
        --budget-images N    most pictures to ask for in this run; 50 unless told, none for no limit
        --budget-usd N       most dollars to spend in this run; 5 unless told, none for no limit
        --concurrency N      requests under way at once; 5 unless told
        --json               standard output is JSON alone
        --count, -n N        new takes of each picture, up to 10; 1 unless told
        --dry-run            look, and change nothing
        --takes              delete takes as well whose prompt is nowhere any more
        --yes, -y            do not ask whether to go on
        --out PATH           the folder of export, or the file of a sheet of the gallery
        --base URL           what addresses begin with; unless told the folder's name: /pictures/
        --hashed             names of files that change with their content
        --port N             the port to listen on; unless told 4010 (emulator) or 4011 (gallery)
        --since COMMIT       what the sheet compares with; HEAD unless told
        --latency MS         milliseconds that each picture takes
        --help, -h           this help
        --version, -v        the version

      Exit status:
        0    done
        1    pictures are missing, stale, broken or failed
        2    wrong usage or configuration
        3    over the budget; nothing was sent
        130  interrupted; what was paid for is kept

      generate-images COMMAND --help says more of a command.
      "
    `)
    expect(await help('-h')).toBe(await help('--help'))
  })

  it('of generate', async () =>
    expect(await help('generate', '--help')).toMatchInlineSnapshot(`
      "
      generate-images generate: make what is missing or stale

      Usage: generate-images generate [FLAGS]

      Prices the whole plan first; over the budget, it stops before the first request.
      Where CI is set nothing is asked for, unless --mode generate says so.
      An interruption (Ctrl+C) sends nothing more and waits for what is under way, because that is paid
      for; a second one ends at once.

      Flags:
        --config FILE        the file of options; unless told generate-images.config.ts, .js, .mjs, .json
        --mode MODE          generate, frozen or draft; the last two ask for nothing
        --provider emulator  ask the emulator inside this process: free pictures to try with
        --filter GLOB        only pictures whose name matches; without a slash, the last part of the name
        --budget-images N    most pictures to ask for in this run; 50 unless told, none for no limit
        --budget-usd N       most dollars to spend in this run; 5 unless told, none for no limit
        --concurrency N      requests under way at once; 5 unless told
        --json               standard output is JSON alone
        --help, -h           this help
      "
    `))
  it('of plan', async () =>
    expect(await help('plan', '-h')).toMatchInlineSnapshot(`
      "
      generate-images plan: what is kept, what is missing, and what it would cost

      Usage: generate-images plan [FLAGS]

      Reads the project, spends nothing and writes nothing.
      Ends with 0 whatever is missing, and with 3 where the plan is over the budget.

      Flags:
        --config FILE        the file of options; unless told generate-images.config.ts, .js, .mjs, .json
        --mode MODE          generate, frozen or draft; the last two ask for nothing
        --provider emulator  ask the emulator inside this process: free pictures to try with
        --filter GLOB        only pictures whose name matches; without a slash, the last part of the name
        --budget-images N    most pictures to ask for in this run; 50 unless told, none for no limit
        --budget-usd N       most dollars to spend in this run; 5 unless told, none for no limit
        --concurrency N      requests under way at once; 5 unless told
        --json               standard output is JSON alone
        --help, -h           this help
      "
    `))
  it('of check', async () =>
    expect(await help('--help', 'check')).toMatchInlineSnapshot(`
      "
      generate-images check: whether every picture is there and whole; for CI

      Usage: generate-images check [FLAGS]

      Reads every original and compares it with its record; spends nothing and writes nothing.
      Ends with 1 where a picture is missing, stale or broken.

      Flags:
        --config FILE        the file of options; unless told generate-images.config.ts, .js, .mjs, .json
        --mode MODE          generate, frozen or draft; the last two ask for nothing
        --provider emulator  ask the emulator inside this process: free pictures to try with
        --filter GLOB        only pictures whose name matches; without a slash, the last part of the name
        --budget-images N    most pictures to ask for in this run; 50 unless told, none for no limit
        --budget-usd N       most dollars to spend in this run; 5 unless told, none for no limit
        --concurrency N      requests under way at once; 5 unless told
        --json               standard output is JSON alone
        --help, -h           this help
      "
    `))
  it('of init', async () =>
    expect(await help('init', '--help')).toMatchInlineSnapshot(`
      "
      generate-images init: write the first manifest and make TypeScript see the types

      Usage: generate-images init [FLAGS]

      Writes src/images.prompts.json (images.prompts.json where there is no src), unless the project
      asks for a picture already. Writes generate-images.d.ts and makes tsconfig.json include it.
      Overwrites nothing; a second time it changes nothing. Says what is left to do by hand.

      Flags:
        --config FILE  the file of options; unless told generate-images.config.ts, .js, .mjs, .json
        --json         standard output is JSON alone
        --help, -h     this help
      "
    `))
  it('of emulator', async () =>
    expect(await help('emulator', '--help')).toMatchInlineSnapshot(`
      "
      generate-images emulator: the image API on this machine, free, for trying out and for tests

      Usage: generate-images emulator [FLAGS]

      Answers as the real APIs do, paints its own pictures and counts what they would have cost.
      Its ledger: GET /__emulator/ledger. Ends with Ctrl+C.

      Flags:
        --port N      the port to listen on; unless told 4010 (emulator) or 4011 (gallery)
        --latency MS  milliseconds that each picture takes
        --json        standard output is JSON alone
        --help, -h    this help
      "
    `))

  it('is there for every command and every flag', async () => {
    const main = await help('--help')
    for (const { name } of COMMANDS) expect(main).toContain(`  ${name} `)
    for (const flag of Object.keys(FLAGS)) expect(main).toContain(`--${flag}`)
  })

  it('fits a terminal', async () => {
    const pages = await Promise.all([help('-h'), ...COMMANDS.map(({ name }) => help(name, '-h'))])
    const widest = Math.max(
      ...pages
        .join('\n')
        .split('\n')
        .map(({ length }) => length),
    )
    expect(widest).toBeLessThanOrEqual(100)
  })

  it('comes before any mistake', async () => {
    expect(await help('plan', '--help', '--nope', 'more')).toBe(await help('plan', '--help'))
  })
})

describe('the version', () => {
  it.each([['--version'], ['-v'], ['plan', '--version']])('%s %s', async (...argv) => {
    expect(await shell(argv)).toEqual({ status: 0, out: '1.2.3\n', err: '' })
  })
})
