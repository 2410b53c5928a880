// Files that were changed where they lie: named with the way back, and never paid for again.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { damage, flip } from './at-rest.ts'
import { filesBelow } from './canary.ts'
import { area, type Expected, fault } from './matrix.ts'
import type { Scene } from './scene.ts'

/** Made, then damaged: named, nothing sent; brought back by the command that the message gives, and all is well. */
const broughtBack = (code: string, words: RegExp): Expected => ({
  ...{ posts: [1, 0, 0], exits: [0, 1, 0], paid: 1, codes: [code] },
  says: [
    /✗ boat: generated-images\/boat|✗ boat: The record generated-images\/boat/,
    words,
    /git checkout -- /,
  ],
})

function git({ root }: Scene, ...args: string[]): void {
  const who = ['-c', 'user.name=Boat', '-c', 'user.email=boat@example.test', '-c', 'init.defaultBranch=main']
  execFileSync('git', [...who, ...args], { cwd: root, stdio: 'pipe' })
}

/** Makes the picture and commits it; damages it; runs; does what the message says; runs. */
async function bringBack(scene: Scene, harm: () => void): Promise<void> {
  await scene.run()
  git(scene, 'init', '-q')
  git(scene, 'add', 'generated-images')
  git(scene, 'commit', '-qm', 'Pictures')
  harm()
  const { out } = await scene.run()
  const [, files = ''] = /git checkout -- ([^.\n]+\.\w+(?: [^.\n]+\.\w+)?)\./.exec(out) ?? []
  git(scene, 'checkout', '--', ...files.split(' '))
  await scene.run()
}

area('a damaged original', () => {
  const original = (
    name: string,
    harm: (scene: Scene, file: string) => void,
    words = /is not the picture that/,
  ) =>
    fault({ fault: name, expect: broughtBack('BROKEN_ORIGINAL', words) }, (scene) =>
      bringBack(scene, () => harm(scene, 'generated-images/boat.png')),
    )
  original('cut in half', (scene, file) =>
    damage(scene, file, (bytes) => bytes.subarray(0, bytes.length >> 1)),
  )
  original('one bit flipped', (scene, file) => damage(scene, file, flip))
  original('one bit flipped, and its time set back', (scene, file) => {
    const { atime, mtime } = statSync(scene.at(file))
    damage(scene, file, flip)
    utimesSync(scene.at(file), atime, mtime)
  })
  original('no bytes left', (scene, file) => damage(scene, file, () => ''))
  original('removed', (scene, file) => rmSync(scene.at(file)), /is not there, but its record/)
  fault(
    {
      fault: 'a Git LFS pointer in its place',
      expect: {
        ...broughtBack('LFS_POINTER', /git lfs pull/),
        says: [/✗ boat: .* is a Git LFS pointer/, /git lfs pull --include=generated-images\/boat.png/],
      },
    },
    async (scene) => {
      await scene.run()
      const file = 'generated-images/boat.png'
      const whole = scene.read(file)
      damage(
        scene,
        file,
        () => `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`,
      )
      await scene.run()
      scene.write(file, whole)
      await scene.run()
    },
  )
})

area('a damaged record', () => {
  const record = (
    name: string,
    change: (text: string) => string,
    code = 'RECORD_UNREADABLE',
    words = /can't be used/,
  ) =>
    fault({ fault: name, expect: broughtBack(code, words) }, (scene) =>
      bringBack(scene, () => damage(scene, 'generated-images/boat.json', (bytes) => change(String(bytes)))),
    )
  record('cut in half', (text) => text.slice(0, text.length / 2))
  record('no bytes left', () => '')
  record(
    'its prompt edited',
    (text) => text.replace('A paper boat', 'A paper hat'),
    undefined,
    /its key is not that of its request/,
  )
  record(
    'a digit of its hash changed',
    (text) => text.replace(/("sha256": ")(.)/, (_, start, digit) => start + (digit === '0' ? '1' : '0')),
    'BROKEN_ORIGINAL',
    /is not the picture that/,
  )
  record('a bit flipped in a key', (text) => text.replace('"request"', '"sequest"'))
  record(
    'the marks of a merge in it',
    (text) => `<<<<<<< ours\n${text}=======\n${text}>>>>>>> theirs\n`,
    undefined,
    /conflict marks/,
  )
  fault(
    {
      fault: 'of a newer version',
      expect: {
        posts: [1, 0, 0],
        exits: [0, 1, 0],
        paid: 1,
        codes: ['RECORD_TOO_NEW'],
        says: [/✗ boat: .*of version 9/, /Update this package/],
      },
    },
    async (scene) => {
      await scene.run()
      const file = 'generated-images/boat.json'
      const whole = scene.read(file)
      damage(scene, file, (bytes) => String(bytes).replace('"version": 1', '"version": 9'))
      await scene.run()
      scene.write(file, whole)
      await scene.run()
    },
  )
  fault(
    {
      fault: 'removed, with its picture still there',
      expect: {
        posts: [1, 0, 0],
        exits: [0, 1, 0],
        paid: 1,
        codes: ['UNCLAIMED_FILE'],
        says: [/✗ boat: generated-images\/boat.png is in the way/, /Move it away/],
      },
    },
    async (scene) => {
      await scene.run()
      const file = 'generated-images/boat.json'
      const whole = scene.read(file)
      rmSync(scene.at(file))
      await scene.run()
      scene.write(file, whole)
      await scene.run()
    },
  )
})

area('a damaged book', () => {
  fault(
    {
      fault: 'the last line of the ledger torn',
      pictures: 2,
      expect: { posts: [1, 1], exits: [0, 0], paid: 2, ledger: '1 paid', says: [/1 picture made, 1 kept/] },
    },
    async (scene) => {
      await scene.run(['--filter', 'boat-01'])
      damage(scene, 'generated-images/.ledger.jsonl', (bytes) => bytes.subarray(0, bytes.length - 20))
      await scene.run()
    },
  )
  fault(
    {
      fault: 'a journal that is no JSON, with a paid answer beside it',
      expect: {
        posts: [1, 0, 0],
        exits: ['SIGKILL', 1, 0],
        paid: 1,
        codes: ['SPOOL_UNREADABLE'],
        says: [
          /journal generated-images\/\.takes\/\.spool\/.* can't be read/,
          /move them all away together, then run again/,
        ],
      },
    },
    async (scene) => {
      const spool = scene.at('generated-images/.takes/.spool')
      await scene.run([], {
        at: [{ at: String.raw`^rename .*\.spool/[\w-]+\.body$`, when: 'after', kill: true }],
      })
      const journal = readdirSync(spool).find((name) => name.endsWith('.json'))!
      const whole = readFileSync(join(spool, journal))
      writeFileSync(join(spool, journal), flip(whole).subarray(0, 100))
      await scene.run()
      // Whoever has a copy of it need not pay again.
      writeFileSync(join(spool, journal), whole)
      await scene.run()
    },
  )
  fault(
    {
      fault: 'the memo of known files full of nonsense',
      expect: { posts: [1, 0], exits: [0, 0], paid: 1, says: [/1 kept/] },
    },
    async (scene) => {
      await scene.run()
      const memo = 'node_modules/.cache/unplugin-generate-images/memo.json'
      scene.write(memo, '{"v":1,"files":{"generated-images/boat.png":{"size":-1')
      await scene.run()
    },
  )
})

area('a damaged cache', () => {
  const files = {
    'index.html': '<!doctype html><script type="module" src="/main.js"></script>',
    'main.js': "import boat from './boat.webp?generate&w=64'; document.title = boat",
  }
  const built: Expected = { posts: [1, 0], exits: [0, 0], paid: 1, says: [/1 picture, 1 made for \$0\.05/] }
  const cache = ({ at }: Scene) => filesBelow(at('node_modules/.cache/unplugin-generate-images/renditions'))
  const shipped = ({ at }: Scene) => {
    const [file] = filesBelow(at('dist/assets')).filter((name) => name.endsWith('.webp'))
    return file === undefined ? '' : readFileSync(file).toString('base64')
  }
  const rendition = (name: string, harm: (file: string) => void) =>
    fault({ fault: name, files, expect: built }, async (scene) => {
      await scene.build()
      const before = shipped(scene)
      for (const file of cache(scene)) harm(file)
      rmSync(scene.at('dist'), { recursive: true })
      await scene.build()
      if (before === '' || shipped(scene) !== before) throw new Error('another picture was shipped')
    })
  rendition(
    'a bit flipped in every rendition',
    (file) => /\.(webp|data)$/.test(file) && writeFileSync(file, flip(readFileSync(file))),
  )
  rendition(
    'every rendition cut short',
    (file) => /\.(webp|data)$/.test(file) && writeFileSync(file, readFileSync(file).subarray(0, 40)),
  )
  rendition(
    'every stamp full of nonsense',
    (file) => file.endsWith('.json') && writeFileSync(file, '{"v":1,"sha'),
  )
  rendition('its pictures gone, their stamps still there', (file) => {
    if (!file.endsWith('.json')) rmSync(file)
  })
})
