import { z } from 'zod'
import { manifestSchema } from './manifest.ts'

/** The JSON Schema (draft 2020-12) of `images.prompts.json`, for editors; made from the schema that the build itself uses. */
export function manifestJsonSchema(): object {
  return {
    ...z.toJSONSchema(manifestSchema, { io: 'input' }),
    title: 'images.prompts.json of unplugin-generate-images',
    allowComments: true,
    allowTrailingCommas: true,
  }
}
