// Several processes, signals, and clocks that are wrong: one payment a picture.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hang, late, withLink } from './answers.ts'
import { filesBelow } from './canary.ts'
import { area, type Expected, fault } from './matrix.ts'
import type { Child, Scene, StartOptions } from './scene.ts'
import type { Download } from './server.ts'

const BODY = String.raw`^rename .*\.spool/[\w-]+\.body$`
const JOURNAL = String.raw`^link .*\.spool/[\w-]+\.json$`
const waits = /boat: (another process|process \d+).* has it under way; waiting for it/

/** One has the picture under way, another waits for it; `then` is what befalls the first, whose answer comes with `letGo`. */
async function ownerAndWaiter(
  scene: Scene,
  then: (letGo: () => void, owner: Child, waiter: Child) => unknown = (letGo) => letGo(),
  options: StartOptions = {},
  waiting: StartOptions = {},
): Promise<void> {
  const { answer, letGo } = scene.held()
  scene.api.script(answer)
  await scene.step(async () => {
    const owner = scene.start([], options)
    await scene.until(() => scene.api.paid === 1)
    const waiter = scene.start([], waiting)
    await scene.until(() => waits.test(waiter.out()))
    await then(letGo, owner, waiter)
  })
}

area('several processes', () => {
  fault(
    {
      fault: '8 processes want the same 60 pictures',
      pictures: 60,
      seconds: 120,
      options: { budget: { images: 100, usd: 'none' } },
      expect: {
        posts: [60],
        exits: ['8×0'],
        paid: 60,
        says: [/has it under way; waiting for it/, /60 kept|copied/],
      },
    },
    (scene) =>
      scene.step(() => {
        for (let at = 0; at < 8; at++) scene.start()
      }),
  )
  fault(
    {
      fault: 'the owner is paused for seconds, and goes on',
      expect: { posts: [1], exits: ['2×0'], paid: 1, says: [waits, /1 copied/] },
    },
    async (scene) => {
      await ownerAndWaiter(scene, async (letGo, owner, waiter) => {
        owner.process.kill('SIGSTOP')
        letGo()
        setTimeout(() => owner.process.kill('SIGCONT'), 6000)
        await sleep(5000)
        if (waiter.process.exitCode !== null) throw new Error('it did not wait')
      })
    },
  )
  fault(
    {
      fault: 'the owner is killed before it sends: taken over within seconds',
      seconds: 30,
      expect: { posts: [1], exits: ['1×0 1×SIGKILL'], paid: 1, says: [waits, /1 picture made/] },
    },
    async (scene) => {
      const claims = scene.at('generated-images/.takes/.claims')
      const go = join(scene.temp, 'go')
      const sh = `until [ -e ${go} ]; do sleep 0.1; done`
      await scene.step(async () => {
        scene.start([], { at: [{ at: JOURNAL, when: 'before', sh, kill: true }] })
        await scene.until(() => filesBelow(claims).some((file) => /[0-9a-f]{64}\.1$/.test(file)))
        const waiter = scene.start()
        await scene.until(() => waits.test(waiter.out()))
        writeFileSync(go, '')
      })
    },
  )
  fault(
    {
      fault: 'the owner is killed after it has sent',
      expect: {
        ...{
          posts: [1, 1],
          exits: ['1×1 1×SIGKILL', 0],
          paid: 2,
          ledger: '1 paid 1 unknown',
          codes: ['OTHER_PROCESS'],
        },
        says: [/✗ boat: Another process asked for this picture .* may have been billed/, /then run again/],
      },
    },
    async (scene) => {
      await ownerAndWaiter(scene, (_, owner) => owner.process.kill('SIGKILL'))
      await scene.run()
    },
  )
  fault(
    {
      fault: 'a build and the command line at once',
      files: {
        'index.html': '<!doctype html><script type="module" src="/main.js"></script>',
        'main.js': "import boat from './boat.webp?generate&w=64'; document.title = boat",
      },
      expect: { posts: [1], exits: ['2×0'], paid: 1, says: [/boat/] },
    },
    async (scene) => {
      scene.api.script(late(3000))
      await scene.step(() => {
        scene.start()
        scene.start([], { build: true })
      })
    },
  )
})

area('interrupted', () => {
  const four = { pictures: 4, options: { provider: { concurrency: 2 } } }
  const twoUnderWay = (scene: Scene, then: (child: Child) => unknown) =>
    scene.step(async () => {
      const child = scene.start()
      await scene.until(() => scene.api.paid === 2)
      await then(child)
    })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    fault(
      {
        ...{ fault: `${signal}: what is paid for is waited for`, ...four },
        expect: {
          ...{ posts: [2, 2], exits: [130, 0], paid: 4, codes: ['STOPPED'] },
          says: [
            /Waiting for what is under way, because it is paid for/,
            /boat-0\d, boat-0\d: Not asked for/,
            /Run again to go on/,
          ],
        },
      },
      async (scene) => {
        const { answer, letGo } = scene.held()
        scene.api.script(answer, answer)
        await twoUnderWay(scene, async (child) => {
          child.process.kill(signal)
          await scene.until(() => child.out().includes('Interrupted'))
          letGo()
        })
        await scene.run()
      },
    )
  }
  fault(
    {
      ...{ fault: 'SIGINT twice: it ends at once', ...four, seconds: 30 },
      expect: {
        ...{
          posts: [2, 4],
          exits: [130, 0],
          paid: 6,
          ledger: '4 paid 2 unknown',
          codes: ['STOPPED', 'OUTCOME_UNKNOWN'],
        },
        says: [/✗ boat-01: .* may have been billed/, /boat-01: asked for at .* It is asked for again now/],
      },
    },
    async (scene) => {
      scene.api.script(hang, hang)
      await twoUnderWay(scene, async (child) => {
        child.process.kill('SIGINT')
        await scene.until(() => child.out().includes('Interrupted'))
        child.process.kill('SIGINT')
      })
      await scene.run()
    },
  )
  fault(
    {
      ...{ fault: 'its terminal is closed', ...four },
      expect: {
        ...{ posts: [2, 4], exits: ['SIGHUP', 0], paid: 6, ledger: '4 paid 2 unknown' },
        says: [/boat-01: asked for at .* It is asked for again now/],
      },
    },
    async (scene) => {
      scene.api.script(hang, hang)
      await twoUnderWay(scene, (child) => child.process.kill('SIGHUP'))
      await scene.run()
    },
  )
})

area('a wrong clock', () => {
  const once: Expected = { posts: [1], exits: ['2×0'], paid: 1, says: [waits] }
  const finished: Expected = { posts: [1, 0], exits: ['SIGKILL', 0], paid: 1, says: [/1 finished for free/] }
  const pending: Expected = {
    ...{ posts: [1, 0, 0], exits: [1, 1, 0], paid: 1, codes: ['DOWNLOAD_FAILED'] },
    says: [/✗ boat: The picture is paid for/, /Run again soon/, /1 finished for free/],
  }
  const kill = { at: [{ at: BODY, when: 'after', kill: true }] } as const
  const gone: Download = (_, response) => response.writeHead(404).end()
  for (const [words, hoursAhead] of [
    ['two days ahead', 48],
    ['two days behind', -48],
  ] as const) {
    fault({ fault: `the owner's is ${words}`, expect: once }, async (scene) => {
      await ownerAndWaiter(scene, undefined, { hoursAhead })
    })
    fault({ fault: `that of who waits is ${words}`, expect: once }, async (scene) => {
      await ownerAndWaiter(scene, undefined, {}, { hoursAhead })
    })
    fault({ fault: `an answer left by one that is ${words}`, expect: finished }, async (scene) => {
      await scene.run([], { ...kill, hoursAhead })
      await scene.run()
    })
    fault({ fault: `an answer found by one that is ${words}`, expect: finished }, async (scene) => {
      await scene.run([], kill)
      await scene.run([], { hoursAhead })
    })
    fault(
      { fault: `a link left by one that is ${words}, and not there yet`, expect: pending },
      async (scene) => {
        scene.api.script(withLink())
        scene.api.scriptDownloads(...Array(10).fill(gone))
        await scene.run([], { hoursAhead })
        await scene.run()
        await scene.run()
      },
    )
    fault(
      { fault: `a link found by one that is ${words}, and not there yet`, expect: pending },
      async (scene) => {
        scene.api.script(withLink())
        scene.api.scriptDownloads(...Array(10).fill(gone))
        await scene.run()
        await scene.run([], { hoursAhead })
        await scene.run()
      },
    )
  }
})
