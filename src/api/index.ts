// The image API: what its models take and cost, how it is asked, and what each failure means for the money. Knows HTTP
// and no files. `models.ts`, `prices.ts` and `estimate.ts` can be imported on their own, without the client.
export { createClient } from './client.ts'
export type { Timeouts } from './connection.ts'
export { type AskOptions, CLIENT_DEFAULTS, type Client, type ClientOptions } from './contract.ts'
export type { Fetched } from './download.ts'
export { type Basis, costOf, type Estimate, estimateUsd, gridTokens } from './estimate.ts'
export { findModel, MODELS, type ModelFacts, type ModelOverrides, type ModelState } from './models.ts'
export { type Billed, OUTCOMES, type Outcome, type OutcomeClass } from './outcome.ts'
export {
  type FindPrice,
  type FlatRate,
  findPrice,
  PRICES,
  type Price,
  type PriceOverride,
  type TokenRule,
} from './prices.ts'
export { type AnsweredPicture, type AnsweredPictures, type ReadContext, readReply } from './read-reply.ts'
export { createRedactor, type Redactor } from './redact.ts'
export type { Failed, Reply } from './reply.ts'
export { createScrubber, originOf, type Scrub } from './scrub.ts'
export type { PartialPicture } from './stream.ts'
export type { Sleep } from './throttle.ts'
export type { Usage } from './wire.ts'
