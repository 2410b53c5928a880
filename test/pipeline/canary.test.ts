// An API that repeats the key wherever an answer has room for it, in every form: what is told and kept has it nowhere.
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/pipeline/events.ts'
import { ANSWERS, type AnswerWord, CANARY, canariesIn, filesWith, startParrot } from '../support/canary.ts'
import { createSite, manifest, type SiteOptions } from '../support/site.ts'

/** Everything of a value that a program could print: texts, names, stacks, causes. */
const printed = (value: unknown) => inspect(value, { depth: 20, maxStringLength: null, showHidden: true })

const GIVEN: Readonly<Record<string, SiteOptions['provider']>> = {
  'the key': { apiKey: CANARY },
  'a header of the user': { headers: { 'X-Api-Key': CANARY } },
  'a token of the user': { headers: { 'cf-aig-authorization': `Bearer ${CANARY}` } },
}

describe.each(Object.entries(GIVEN))('%s', (_, provider) => {
  it.each(Object.keys(ANSWERS) as AnswerWord[])(
    'is in nothing that comes of the answer "%s"',
    async (word) => {
      const { baseURL, asked } = await startParrot()
      const site = await createSite(manifest({ boat: `A ${word}` }), baseURL, { provider: provider! })
      const events: RunEvent[] = []
      // The second finishes what the first has left, and may ask anew.
      for (let run = 0; run < 2; run++) {
        const ran = await site.run({ onEvent: (event) => void events.push(event) })
        expect(canariesIn(printed(ran) + printed(events) + JSON.stringify([ran, events]))).toEqual([])
      }
      expect(asked.length).toBeGreaterThan(0)
      const kept = await filesWith(site.root)
      // An answer that still leads to a picture is kept as it came, until the picture is.
      if (word === 'link')
        expect(kept).toEqual([expect.stringMatching(/^generated-images\/\.takes\/\.spool\/.*\.body$/)])
      else expect(kept).toEqual([])
    },
  )
})
