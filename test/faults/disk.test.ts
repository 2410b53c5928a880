// Disks that are full, read-only, or taken away, and processes that may open few files: nothing that is paid for is lost,
// and nothing is asked for that could not be kept.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { during } from './answers.ts'
import { area, type Expected, fault } from './matrix.ts'
import { fillUp, makeRoom, mountDisk, protect } from './room.ts'
import type { At, Scene } from './scene.ts'

/** Mounts a disk of its own at a folder of the project, and says how it is filled, freed and write-protected. */
function diskAt(scene: Scene, folder: string) {
  const disk = join(scene.root, folder)
  scene.room.sh(mountDisk(disk))
  const sh = (line: string) => () => scene.room.sh(line)
  const lines = { fill: fillUp(disk), free: makeRoom(disk), protect: protect(disk) }
  return { lines, fill: sh(lines.fill), free: sh(lines.free), protect: sh(lines.protect) }
}
const PICTURES = 'generated-images'
const CACHE = 'node_modules/.cache/unplugin-generate-images'
const files = {
  'index.html': '<!doctype html><script type="module" src="/main.js"></script>',
  'main.js': "import boat from './boat.webp?generate&w=64'; document.title = boat",
}

const full: Expected = {
  ...{ posts: [0, 1], exits: [1, 0], paid: 1, codes: ['NO_SPACE'] },
  says: [/boat|generated-images/, /There is no space left/, /Make room on that disk, then run again/],
}
const finishedLater: Expected = {
  ...full,
  posts: [1, 0],
  says: [/✗ boat: /, ...full.says, /1 finished for free/],
}

/** Written into the system's folder for temporary files, and finished from there. */
const rescued: Expected = {
  ...{ posts: [1, 0], exits: [1, 0], paid: 1, codes: ['ANSWER_UNWRITTEN'] },
  says: [
    /✗ boat: The answer is paid for and could not be kept in its place: .* It lies in .*\/tmp\/unplugin-generate-images-/,
    /leave the file where it is: the next run finishes the picture from there for free/,
    /1 finished for free/,
  ],
}

area('a full disk', () => {
  fault({ fault: 'before the run', room: true, expect: full }, async (scene) => {
    const { fill, free } = diskAt(scene, PICTURES)
    fill()
    await scene.run()
    free()
    await scene.run()
  })

  const fullAt = (name: string, at: At, expect: Expected) =>
    fault({ fault: name, room: true, expect }, async (scene) => {
      const { lines, free } = diskAt(scene, PICTURES)
      await scene.run([], { at: [{ ...at, sh: lines.fill }] })
      free()
      await scene.run()
    })
  fullAt('at the journal', { when: 'before', at: String.raw`^open .*\.spool/\.[0-9a-f]+\.tmp$` }, full)
  fullAt('at the ledger', { when: 'after', at: '^open .*ledger.jsonl$' }, finishedLater)
  fullAt(
    'at the original',
    // The first one is the .gitignore.
    { when: 'before', at: String.raw`^open .*generated-images/\.[0-9a-f]+\.tmp$`, nth: 2 },
    finishedLater,
  )
  fullAt('at the record', { when: 'after', at: '^link .*generated-images/boat.png$' }, finishedLater)

  fault({ fault: 'when the answer comes', room: true, expect: rescued }, async (scene) => {
    const { fill, free } = diskAt(scene, PICTURES)
    scene.api.script(during(fill))
    await scene.run()
    free()
    await scene.run()
  })
  fault(
    { fault: 'at the renditions of a build', room: true, files, expect: { ...full, posts: [1, 0] } },
    async (scene) => {
      const { fill, free } = diskAt(scene, CACHE)
      fill()
      await scene.build()
      free()
      await scene.build()
    },
  )
})

area('a read-only disk', () => {
  const refused: Expected = {
    ...{ posts: [0, 1], exits: [1, 0], paid: 1, codes: ['FOLDER_UNWRITABLE'] },
    says: [/generated-images\/.* can't be written \(EROFS\)/, /Give this user the right to write there/],
  }
  fault({ fault: 'from the beginning', room: true, expect: refused }, async (scene) => {
    const { protect, free } = diskAt(scene, PICTURES)
    protect()
    await scene.run()
    free()
    await scene.run()
  })
  fault({ fault: 'from when the answer comes', room: true, expect: rescued }, async (scene) => {
    const { protect, free } = diskAt(scene, PICTURES)
    scene.api.script(during(protect))
    await scene.run()
    free()
    await scene.run()
  })
  fault(
    {
      ...{ fault: 'under an empty cache', room: true, files },
      expect: {
        ...{ ...refused, posts: [1, 0] },
        says: [/unplugin-generate-images\/.* can't be written/, /Give this user the right to write there/],
      },
    },
    async (scene) => {
      const { protect, free } = diskAt(scene, CACHE)
      protect()
      await scene.build()
      free()
      await scene.build()
    },
  )
  fault(
    {
      ...{ fault: 'under a cache that has everything', room: true, files },
      expect: { posts: [1, 0], exits: [0, 0], paid: 1, says: [/1 made for/] },
    },
    async (scene) => {
      const { protect } = diskAt(scene, CACHE)
      await scene.build()
      protect()
      await scene.build()
    },
  )
})

area('a folder that goes away', () => {
  fault(
    {
      fault: 'the folder of pictures, while the answer is awaited',
      expect: { posts: [1], exits: [0], paid: 1, says: [/1 picture made/] },
    },
    async (scene) => {
      scene.api.script(during(() => rmSync(scene.at(PICTURES), { recursive: true })))
      await scene.run()
    },
  )
  fault(
    {
      fault: 'the cache, during a build',
      files,
      expect: { posts: [1], exits: [0], paid: 1, says: [/1 made for/] },
    },
    async (scene) => {
      scene.api.script(during(() => rmSync(scene.at('node_modules'), { recursive: true, force: true })))
      await scene.build()
    },
  )
})

area('few open files', () => {
  const many = { linux: true, pictures: 40, options: { provider: { concurrency: 8 } } } as const
  /** From the first request on, so few files may be open at once as are then, and `more`. */
  const few = (more: number): At => ({
    ...{ when: 'after', at: String.raw`^link .*\.spool/[\w-]+\.json$` },
    sh: `prlimit --pid $PPID --nofile=$(($(ls /proc/$PPID/fd | wc -l) + ${more}))`,
  })
  fault(
    {
      ...many,
      fault: '40 pictures, 8 at once, 12 more files',
      expect: { posts: [40], exits: [0], paid: 40, says: [/40 pictures made/] },
    },
    (scene) => scene.run([], { at: [few(12)] }),
  )
  fault(
    {
      ...many,
      fault: 'a build of them; the bundler itself may fail',
      files: {
        ...files,
        'main.js':
          "import all from './images.prompts.json?generate&w=64;96&format=webp&as=img'; document.title = Object.keys(all)",
      },
      expect: { posts: [40, 0], exits: ['any', 0], paid: 40, says: [/40 made for/] },
    },
    async (scene) => {
      await scene.build({ at: [few(12)] })
      await scene.build()
    },
  )
})
