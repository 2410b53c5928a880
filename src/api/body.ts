import type { Json } from '../spec/key.ts'
import type { ModelRow } from '../spec/model-row.ts'
import type { RequestBody } from '../spec/specs.ts'

/** What is sent beside the request itself, and does not change the picture. */
export interface BodyOptions {
  /** How many pictures; 1 is not sent. */
  readonly n: number
  /** The model's row; `undefined` for a model that is not known, to which everything is passed through. */
  readonly row: ModelRow | undefined
  /** Partial pictures (0–3) to stream before the last; `undefined` for no stream. */
  readonly partialImages?: number | undefined
}

/**
 * The exact JSON body of one request: the request as it stands, then `n`, `response_format` and the stream's fields
 * where the model takes them. Throws a RangeError where the model does not make `n` pictures at once.
 */
export function bodyOf(request: RequestBody, { n, row, partialImages }: BodyOptions): Record<string, Json> {
  if (row !== undefined && n > row.nMax) {
    throw new RangeError(`${request.model} makes ${row.nMax} at once, not ${n}: send several requests`)
  }
  return defined({
    ...request,
    ...(n > 1 ? { n } : {}),
    ...(row?.responseFormat === undefined ? {} : { response_format: row.responseFormat }),
    ...(streams(row, n, partialImages) ? { stream: true, partial_images: partialImages } : {}),
  })
}

function defined(fields: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Record<string, Json>
}

function streams(row: ModelRow | undefined, n: number, partialImages: number | undefined): boolean {
  return partialImages !== undefined && row?.stream === true && n === 1
}
