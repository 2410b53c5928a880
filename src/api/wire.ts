// What goes over the wire, as far as this package reads it. Every object is loose: unknown fields are kept, and an
// optional field of an unexpected type counts as absent, because the picture beside it is paid for.
import { z } from 'zod'

const text = z.string().optional().catch(undefined)
const whole = z.number().int().nonnegative().optional().catch(undefined)

/** Tokens of a request, as billed. */
export const usageSchema = z.looseObject({
  input_tokens: whole,
  input_tokens_details: z
    .looseObject({ text_tokens: whole, image_tokens: whole })
    .optional()
    .catch(undefined),
  output_tokens: whole,
  total_tokens: whole,
})
export type Usage = z.infer<typeof usageSchema>

/** What an answer may say of how the pictures were made. */
const settings = {
  usage: usageSchema.optional().catch(undefined),
  size: text,
  quality: text,
  background: text,
  output_format: text,
}

/** One picture of an answer: base64, or a link that is good for an hour to a day. */
export const pictureSchema = z.looseObject({ b64_json: text, url: text, revised_prompt: text })

/** The answer to `POST /images/generations`: only `created` (seconds since 1970) and `data` are certain; `data` may be empty. */
export const answerSchema = z.looseObject({
  created: z.number().optional().catch(undefined),
  data: z.array(pictureSchema),
  /** Set by the emulator alone: the pictures are its own, and cost nothing. */
  emulator: text,
  ...settings,
})
export type Answer = z.infer<typeof answerSchema>

/** The body of a refusal. CometAPI's `type` is `comet_api_error`. */
export const errorBodySchema = z.looseObject({
  error: z.looseObject({
    message: text,
    type: text,
    param: text,
    code: z
      .union([z.string(), z.number().transform(String)])
      .optional()
      .catch(undefined),
    moderation_details: z.unknown().optional(),
  }),
})
export type ErrorBody = z.infer<typeof errorBodySchema>

/** A picture on its way: a sharper one follows. */
export const partialEventSchema = z.looseObject({
  type: z.literal('image_generation.partial_image'),
  b64_json: z.string(),
  partial_image_index: z.number().int().nonnegative().catch(0),
})

/** The last event of a stream; may come before all partials. */
export const completedEventSchema = z.looseObject({
  type: z.literal('image_generation.completed'),
  b64_json: z.string(),
  created_at: z.number().optional().catch(undefined),
  ...settings,
})

/** The events of a stream that are read. */
export const streamEventSchema = z.discriminatedUnion('type', [partialEventSchema, completedEventSchema])
export type StreamEvent = z.infer<typeof streamEventSchema>
