// Plans that cost more than they may: nothing is sent, also where several runs together are too many.
import { hang } from './answers.ts'
import { area, fault } from './matrix.ts'

area('too much money', () => {
  fault(
    {
      fault: 'a plan over the budget of a run',
      ...{ pictures: 3, options: { budget: { images: 2 } } },
      expect: {
        ...{ posts: [0, 3], exits: [3, 0], paid: 3, codes: ['OVER_BUDGET'] },
        says: [
          /The plan asks for 3 pictures .* Nothing was sent/,
          /Raise budget\.images \(--budget-images 3\)/,
        ],
      },
    },
    async (scene) => {
      await scene.run()
      await scene.run(['--budget-images', '3'])
    },
  )
  fault(
    {
      fault: 'two runs that begin at once, together over the budget',
      ...{ pictures: 2, options: { budget: { images: 1 } } },
      expect: {
        ...{ posts: [1, 1], exits: ['1×0 1×3', 0], paid: 2, codes: ['OVER_BUDGET'] },
        says: [/and other processes have 1 under way/, /Raise budget\.images/],
      },
    },
    async (scene) => {
      const { answer, letGo } = scene.held()
      scene.api.script(answer)
      await scene.step(async () => {
        const children = scene.names.map((name) => scene.start(['--filter', name]))
        await scene.until(() => children.some(({ process: child }) => child.exitCode !== null))
        letGo()
      })
      await scene.run()
    },
  )
  fault(
    {
      fault: 'a run that was killed holds nobody to its share',
      ...{ pictures: 2, options: { budget: { images: 1 } } },
      expect: {
        ...{ posts: [1, 1, 1], exits: ['SIGKILL', 0, 0], paid: 3, ledger: '2 paid 1 unknown' },
        says: [/boat-01: asked for at .* It is asked for again now/],
      },
    },
    async (scene) => {
      scene.api.script(hang)
      await scene.step(async () => {
        const child = scene.start(['--filter', 'boat-01'])
        await scene.until(() => scene.api.paid === 1)
        child.process.kill('SIGKILL')
      })
      await scene.run(['--filter', 'boat-02'])
      await scene.run(['--filter', 'boat-01'])
    },
  )
  fault(
    {
      fault: 'many small runs, over the limit of a day',
      ...{ pictures: 3, options: { budget: { perDay: { images: 2 } } } },
      expect: {
        ...{ posts: [1, 1, 0, 1], exits: [0, 0, 3, 0], paid: 3, codes: ['OVER_DAY'] },
        says: [
          /over the limit of a day, 2 pictures\. Nothing was sent/,
          /Raise it in the configuration, .* or wait/,
        ],
      },
    },
    async (scene) => {
      for (const name of scene.names) await scene.run(['--filter', name])
      // A day later.
      await scene.run([], { hoursAhead: 25 })
    },
  )
})
