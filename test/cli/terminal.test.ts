import { describe, expect, it } from 'vitest'
import { createTerminal } from '../../src/cli/terminal.ts'
import { stream } from './support.ts'

const terminal = (isTTY: boolean, environment: Record<string, string> = {}) => {
  const [stdout, stderr] = [stream(isTTY), stream(isTTY, 20)]
  const made = createTerminal(stdout, stderr, environment)
  return { ...made, red: made.colors.red('x'), stdout, stderr }
}

describe('a terminal', () => {
  it('has colours and a moving line where a person sits', () => {
    expect(terminal(true)).toMatchObject({ live: true, red: '\u001b[31mx\u001b[39m' })
    expect(terminal(false)).toMatchObject({ live: false, red: 'x' })
  })

  it.each([
    [true, { NO_COLOR: '1' }, true, 'x'],
    [true, { NO_COLOR: '' }, true, '\u001b[31mx\u001b[39m'],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, 'x'],
    [true, { TERM: 'dumb' }, false, 'x'],
    [false, { FORCE_COLOR: '1' }, false, '\u001b[31mx\u001b[39m'],
    [false, { FORCE_COLOR: '0' }, false, 'x'],
  ])('tty %s with %j: live %s', (isTTY, environment, live, red) => {
    expect(terminal(isTTY, environment as Record<string, string>)).toMatchObject({ live, red })
  })

  it('writes over its moving line, and clears it before any other', () => {
    const { out, err, rewrite, stdout, stderr } = terminal(true)
    rewrite('1 of 3')
    rewrite('2 of 3, a line that is far too long')
    out('done')
    err('a word')
    expect(stderr.text()).toBe('\r\u001b[2K1 of 3\r\u001b[2K2 of 3, a line that\r\u001b[2Ka word\n')
    expect(stdout.text()).toBe('done\n')
  })

  it('need not know its width', () => {
    const screen = stream(true, 0)
    createTerminal(stream(true), screen, {}).rewrite('1 of 3')
    expect(screen.text()).toBe('\r\u001b[2K1 of 3')
  })
})
