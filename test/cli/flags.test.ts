import { describe, expect, it } from 'vitest'
import { FLAGS, type Flag, parseFlags, wordsOf } from '../../src/cli/flags.ts'

const ALL = Object.keys(FLAGS) as Flag[]
const flags = (...argv: string[]) => {
  const { args, errors } = parseFlags(argv, ALL)
  expect(errors.map(({ message }) => message)).toEqual([])
  return args
}
const messages = (...argv: string[]) =>
  parseFlags(argv, ALL).errors.map(({ sentence, hint }) => `${sentence} ${hint}`)

describe('flags', () => {
  it('have values, in either form', () => {
    expect(flags('--config', 'a.ts', '--mode=draft', '--provider', 'emulator', '--filter', '*')).toEqual({
      positionals: [],
      flags: { config: 'a.ts', mode: 'draft', provider: 'emulator', filter: '*' },
    })
  })

  it('are numbers, or none where there may be no limit', () => {
    expect(flags('--budget-images', '0', '--budget-usd=0.50', '--concurrency', '64').flags).toEqual({
      'budget-images': 0,
      'budget-usd': 0.5,
      concurrency: 64,
    })
    expect(flags('--budget-images', 'none', '--budget-usd', 'none').flags).toEqual({
      'budget-images': Number.POSITIVE_INFINITY,
      'budget-usd': Number.POSITIVE_INFINITY,
    })
    expect(flags('--port', '0', '--latency', '600000').flags).toEqual({ port: 0, latency: 600_000 })
  })

  it('are switches', () => {
    expect(flags('--json', '-hv').flags).toEqual({ json: true, help: true, version: true })
  })

  it('stand before, between and behind words', () => {
    expect(flags('--json', 'plan', '--filter', 'plan', 'more', '--', '--json')).toEqual({
      positionals: ['plan', 'more', '--json'],
      flags: { json: true, filter: 'plan' },
    })
    expect(wordsOf(['--filter', 'plan', '--json', 'check', '--nope', 'x'])).toEqual(['check'])
    expect(wordsOf(['--filter=plan', '--nope=1', 'plan'])).toEqual(['plan'])
  })

  it.each([
    ['--budget-usd', '1e3'],
    ['--budget-usd', '-1'],
    ['--budget-usd', '$5'],
    ['--budget-usd', '1,50'],
    ['--budget-usd', 'NaN'],
    ['--budget-usd', 'Infinity'],
    ['--budget-images', '1.5'],
    ['--budget-images', '0x10'],
    ['--budget-images', '1000001'],
    ['--concurrency', '0'],
    ['--concurrency', '65'],
    ['--concurrency', 'none'],
    ['--port', '65536'],
  ])('are no other numbers: %s %s', (flag, value) => {
    expect(messages(flag, value)).toEqual([expect.stringContaining(`"${flag}" is "${value}". Allowed: a `)])
  })

  it('need their value', () => {
    expect(flags('--filter=--json', '--json').flags).toEqual({ filter: '--json', json: true })
    expect(parseFlags(['--filter', '--mode', 'draft'], ALL).args.flags).toEqual({
      filter: true,
      mode: 'draft',
    })
    expect(messages('--filter', '--json', '--config=', '--mode')).toEqual([
      '"--filter" is given without a value. Allowed: --filter GLOB.',
      '"--config" is given without a value. Allowed: --config FILE.',
      '"--mode" is given without a value. Allowed: --mode MODE.',
    ])
  })

  it('are given once, and switches without a value', () => {
    expect(messages('--json', '--json', '--help=yes', '--filter', 'a', '--filter=b')).toEqual([
      '"--json" is given twice. Allowed: --json once.',
      '"--help" is given with the value "yes". Allowed: --help without a value.',
      '"--filter" is given twice. Allowed: --filter once.',
    ])
  })

  it('are known, all others named at once with the nearest', () => {
    const known = parseFlags(
      ['--jsn', '-x', '--no-json', '--filtre=a', '--port', '1'],
      ['json', 'filter'],
    ).errors
    expect(known.map(({ sentence }) => sentence)).toEqual([
      '"--jsn" is not a known option. Did you mean "--json"?',
      '"-x" is not a known option.',
      '"--no-json" is not a known option. Did you mean "--json"?',
      '"--filtre" is not a known option. Did you mean "--filter"?',
      '"--port" is not a known option.',
    ])
    expect(new Set(known.map(({ hint }) => hint))).toEqual(new Set(['Known here: --json, --filter.']))
  })
})

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('no flag is called %s', (name) => {
  for (const argv of [[`--${name}`], [`--${name}=1`], [`--${name}`, '1'], [`--no-${name}`]])
    expect(messages(...argv)[0]).toMatch(/is not a known option/)
  expect(({} as { flags?: object }).flags).toBeUndefined()
})
