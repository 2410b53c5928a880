// Rows in which a fault befalls the first request, and the second is answered.
import { type Expected, fault, type Row } from './matrix.ts'
import type { Answer } from './server.ts'

/** Sent, and no picture came: not again in this run, and the next one says so before it asks. */
export const maybeBilled: Expected = {
  ...{ posts: [1, 1], exits: [1, 0], paid: 2, ledger: '1 paid 1 unknown', codes: ['OUTCOME_UNKNOWN'] },
  says: [
    /boat: .* may have been billed.* \[OUTCOME_UNKNOWN\]/,
    /the next run says so before it asks again/,
    /boat: asked for at .* It is asked for again now/,
  ],
}
/** Refused, nothing billed; the next run, once it is mended, gets it. */
export const refused = (code: string, words: RegExp, exit = 1): Expected => ({
  ...{ posts: [1, 1], exits: [exit, 0], paid: 1, codes: [code] },
  says: [/✗ boat: /, words],
})

/** A fault of the first request; the second is answered. */
export function first(name: string, answer: Answer, expect: Expected, rest: Partial<Row> = {}): void {
  fault({ fault: name, expect, ...rest }, async (scene) => {
    scene.api.script(answer)
    await scene.run()
    // Short timeouts were there for the fault alone.
    scene.write('generate-images.config.json', '{}')
    await scene.run()
  })
}
