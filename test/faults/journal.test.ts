// Killed at each step of the journal: what the next run knows, finishes for free, and asks for again.
import { during, late, partly, withLink } from './answers.ts'
import { area, type Expected, fault } from './matrix.ts'
import type { At } from './scene.ts'

const SPOOL = String.raw`\.takes/\.spool/[\w-]+`
const TAKE = String.raw`\.takes/[0-9a-f]{64}/1`

const askedAgain: Omit<Expected, 'posts'> = {
  ...{ exits: ['SIGKILL', 0], paid: 2, ledger: '1 paid 1 unknown' },
  says: [/boat: asked for at .* may have been billed .* It is asked for again now\./],
}
const finished: Expected = {
  ...{ posts: [1, 0], exits: ['SIGKILL', 0], paid: 1 },
  says: [/1 finished for free/],
}

area('kill -9', () => {
  const at = (when: At['when'], pattern: string, nth = 1): At => ({ when, at: pattern, nth, kill: true })
  const steps: readonly (readonly [string, At, Expected])[] = [
    [
      'before a request is in the journal',
      at('before', `^link .*${SPOOL}\\.json$`),
      { posts: [0, 1], exits: ['SIGKILL', 0], paid: 1, says: [/1 picture made/] },
    ],
    [
      'in the journal, not sent',
      at('after', `^link .*${SPOOL}\\.json$`),
      { ...askedAgain, posts: [0, 1], paid: 1 },
    ],
    [
      'the picture of the answer half on the disk',
      at('before', `^rename .*${SPOOL}\\.0\\.picture$`),
      { ...askedAgain, posts: [1, 1], lost: 1 },
    ],
    ['the picture on the disk, no answer', at('after', `^rename .*${SPOOL}\\.0\\.picture$`), finished],
    ['the answer half on the disk', at('before', `^rename .*${SPOOL}\\.body$`), finished],
    ['the answer on the disk, not read', at('after', `^rename .*${SPOOL}\\.body$`), finished],
    ['read, not in the ledger', at('after', '^open .*ledger.jsonl$'), finished],
    ['in the ledger, no picture kept', at('before', '^link .*generated-images/boat.png$'), finished],
    ['the original in its place, no record', at('after', '^link .*generated-images/boat.png$'), finished],
    ['the record written, the journal open', at('after', '^link .*generated-images/boat.json$'), finished],
    [
      'the journal half cleared',
      at('after', `^rename .*${SPOOL}\\.done$`),
      { ...finished, says: [/1 kept/] },
    ],
  ]
  for (const [name, step, expect] of steps) {
    fault({ fault: name, expect }, async (scene) => {
      await scene.run([], { at: [step] })
      await scene.run()
    })
  }

  const replacing: readonly (readonly [string, At])[] = [
    ['the new one kept as a take, no record', at('after', `^link .*${TAKE}\\.png$`)],
    ['the new one a whole take', at('after', `^link .*${TAKE}\\.json$`)],
    ['the old one a take as well', at('after', `^link .*${TAKE}\\.json$`, 2)],
    ['the exchange marked', at('after', '^rename .*\\.exchanges/\\w+\\.json$')],
    ['the new one in its place, the old record', at('after', '^rename .*generated-images/boat.png$')],
    ['the new record, the journal open', at('after', '^rename .*generated-images/boat.json$')],
  ]
  for (const [name, step] of replacing) {
    fault(
      {
        fault: `an edited prompt: ${name}`,
        expect: { ...finished, posts: [1, 1, 0], exits: [0, 'SIGKILL', 0], paid: 2 },
      },
      async (scene) => {
        await scene.run()
        const manifest = String(scene.read('images.prompts.json'))
        scene.write('images.prompts.json', manifest.replace('A paper', 'A golden'))
        await scene.run([], { at: [step] })
        await scene.run()
      },
    )
  }

  fault({ fault: 'sent, no answer yet', expect: { ...askedAgain, posts: [1, 1] } }, async (scene) => {
    scene.api.script(late(60_000))
    await scene.step(async () => {
      const child = scene.start()
      await scene.until(() => scene.api.paid === 1)
      child.process.kill('SIGKILL')
    })
    await scene.run()
  })

  fault({ fault: 'the answer half received', expect: { ...askedAgain, posts: [1, 1] } }, async (scene) => {
    let half = false
    scene.api.script(partly(0.5, () => (half = true)))
    await scene.step(async () => {
      const child = scene.start()
      await scene.until(() => half)
      child.process.kill('SIGKILL')
    })
    await scene.run()
  })

  fault({ fault: 'its link fetched, not kept', expect: finished }, async (scene) => {
    scene.api.script(withLink())
    await scene.run([], { at: [{ at: `^rename .*${SPOOL}\\.0\\.picture$`, when: 'after', kill: true }] })
    await scene.run()
  })

  fault(
    {
      fault: 'four times, each a step later, and then left alone',
      expect: { ...finished, posts: [1, 0, 0, 0, 0], exits: [...Array(4).fill('SIGKILL'), 0] },
    },
    async (scene) => {
      for (const at of [
        `^rename .*${SPOOL}\\.body$`,
        '^open .*ledger.jsonl$',
        '^link .*boat.png$',
        // What lies there already is exchanged.
        '^rename .*boat.json$',
      ])
        await scene.run([], { at: [{ at, when: 'after', kill: true }] })
      await scene.run()
    },
  )

  fault(
    {
      fault: 'with six requests under way',
      pictures: 6,
      options: { provider: { concurrency: 6 } },
      expect: {
        ...askedAgain,
        posts: [6, 6],
        paid: 12,
        ledger: '6 paid 6 unknown',
        says: [/boat-06: asked for at .*It is asked for again now/],
      },
    },
    async (scene) => {
      scene.api.script(...Array(6).fill(during(() => new Promise(() => {}))))
      await scene.step(async () => {
        const child = scene.start()
        await scene.until(() => scene.api.paid === 6)
        child.process.kill('SIGKILL')
      })
      await scene.run()
    },
  )
})
