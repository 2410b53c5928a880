import { describe, expect, it } from 'vitest'
import { readEnvironment } from '../../src/config/environment.ts'
import { folderWith, messagesOf } from './support.ts'

describe('the environment', () => {
  it('is of .env, over that .env.local, over that the process', async () => {
    const { root } = await folderWith({
      '.env':
        '\uFEFFCOMETAPI_KEY=a\nexport OPENAI_API_KEY="b"\nGENERATE_IMAGES_BASE_URL=https://c.example/v1 # ours\n',
      '.env.local': "OPENAI_API_KEY='d'\nCI=\n",
    })
    const { environment, errors } = readEnvironment(root, { COMETAPI_KEY: 'e', HOME: '/root' })
    expect(errors).toEqual([])
    expect(environment).toEqual({
      COMETAPI_KEY: 'e',
      OPENAI_API_KEY: 'd',
      GENERATE_IMAGES_BASE_URL: 'https://c.example/v1',
      CI: '',
      HOME: '/root',
    })
  })

  it('is that of the process where nobody gives another', async () => {
    const { root } = await folderWith()
    expect(readEnvironment(root).environment.PATH).toBe(process.env.PATH)
  })

  it('leaves the variables of the process alone', async () => {
    const { root } = await folderWith({ '.env': 'GENERATE_IMAGES_TEST=1' })
    readEnvironment(root)
    expect(process.env.GENERATE_IMAGES_TEST).toBeUndefined()
  })

  it('can not be of a folder', async () => {
    const { root } = await folderWith({ '.env/readme.txt': '' })
    expect(messagesOf(readEnvironment(root, {}).errors)).toMatchInlineSnapshot(`
      "
      .env can't be loaded: reading it ends with EISDIR. [CONFIG_UNREADABLE]
        → Mend it: it must be a file of lines such as COMETAPI_KEY=…
      "
    `)
  })
})

describe('a key with a public name', () => {
  it.each([
    'VITE_COMETAPI_KEY',
    'NEXT_PUBLIC_OPENAI_API_KEY',
    'NUXT_PUBLIC_COMETAPI_KEY',
    'PUBLIC_GENERATE_IMAGES_API_KEY',
  ])('is refused: %s', async (variable) => {
    const { root } = await folderWith()
    const { errors } = readEnvironment(root, { [variable]: 'sk-canary' })
    expect(errors.map(({ code }) => code)).toEqual(['PUBLIC_KEY'])
    expect(errors[0]!.message).toContain(variable)
    expect(errors[0]!.message).not.toContain('canary')
  })

  it('is named with the file that it stands in', async () => {
    const { root } = await folderWith({ '.env.local': 'VITE_OPENAI_API_KEY=sk-canary' })
    expect(messagesOf(readEnvironment(root, {}).errors)).toMatchInlineSnapshot(`
      "
      VITE_OPENAI_API_KEY holds an API key, and its prefix puts it into the pages you publish. [PUBLIC_KEY]
        at .env.local
        → Keep the key under the name OPENAI_API_KEY alone, and make a new one if such a page was ever published.
      "
    `)
  })

  it('is found by its value, whatever the name', async () => {
    const { root } = await folderWith({ '.env': 'COMETAPI_KEY=sk-canary\nVITE_IMAGES=$COMETAPI_KEY' })
    const { errors } = readEnvironment(root, { VITE_TOKEN: 'sk-canary', VITE_TITLE: 'My site' })
    expect(messagesOf(errors)).toMatchInlineSnapshot(`
      "
      VITE_IMAGES holds an API key, and its prefix puts it into the pages you publish. [PUBLIC_KEY]
        at .env
        → Keep the key under the name COMETAPI_KEY alone, and make a new one if such a page was ever published.

      VITE_TOKEN holds an API key, and its prefix puts it into the pages you publish. [PUBLIC_KEY]
        → Keep the key under the name COMETAPI_KEY alone, and make a new one if such a page was ever published.
      "
    `)
  })

  it('may be empty, and other public variables are nobody’s business', async () => {
    const { root } = await folderWith()
    const environment = {
      VITE_COMETAPI_KEY: '',
      VITE_TITLE: 'x',
      COMETAPI_KEY: '',
      PUBLIC_URL: '/',
      VITE_EMPTY: '',
    }
    expect(readEnvironment(root, environment).errors).toEqual([])
  })
})
