// The document that the validating mock holds our bodies against: made from the types that OpenAI publishes in its npm
// package, or cut out of OpenAI's own document. Both closed, so that the mock refuses what they do not name.
import { readFileSync } from 'node:fs'
import { createGenerator } from 'ts-json-schema-generator'
import { wire } from '../support/server.ts'

type Schema = { [name: string]: unknown }
interface Definitions {
  [name: string]: Schema
}

const types = new URL('../../../node_modules/openai/resources/images.d.ts', import.meta.url).pathname
const requestType = 'ImageGenerateParamsBase'

/** An OpenAPI document whose request is the type of the `openai` package. */
export function documentFromTypes(): object {
  const { definitions } = createGenerator({
    path: types,
    type: requestType,
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema(requestType)
  const schemas = JSON.parse(
    JSON.stringify(definitions).replaceAll('#/definitions/', '#/components/schemas/'),
  ) as Definitions
  const properties = schemas[requestType]?.properties as Definitions
  for (const property of Object.values(properties))
    Object.assign(property, rangeIn(String(property.description)))
  return documentOf(schemas, requestType)
}

/** An OpenAPI document whose request is cut out of OpenAI's own one (JSON). */
export function documentFromFile(file: string): object {
  const whole = JSON.parse(readFileSync(file, 'utf8')) as { components: { schemas: Definitions } }
  const schemas: Definitions = {}
  const take = (name: string): void => {
    if (schemas[name] !== undefined) return
    const schema = nullableAsUnion(whole.components.schemas[name]) as Schema
    schemas[name] = schema
    for (const [, other] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      take(other as string)
  }
  take('CreateImageRequest')
  schemas.CreateImageRequest = { ...schemas.CreateImageRequest, additionalProperties: false }
  return documentOf(schemas, 'CreateImageRequest')
}

function documentOf(schemas: Definitions, request: string): object {
  const answer = {
    'application/json': { schema: { type: 'object' }, example: JSON.parse(wire('gpt-image-2.json')) },
  }
  const body = { 'application/json': { schema: { $ref: `#/components/schemas/${request}` } } }
  return {
    openapi: '3.1.0',
    info: { title: 'images', version: '1' },
    paths: {
      '/images/generations': {
        post: {
          requestBody: { required: true, content: body },
          responses: { 200: { description: 'pictures', content: answer } },
        },
      },
    },
    components: { schemas },
  }
}

/** The types know no ranges; their descriptions do: "between 1 and 10", "(0-100%)". */
function rangeIn(description: string): object {
  const [, minimum, maximum] =
    /between (\d+) and (\d+)/.exec(description) ?? /\((\d+)-(\d+)%\)/.exec(description) ?? []
  return minimum === undefined ? {} : { minimum: Number(minimum), maximum: Number(maximum) }
}

/** `nullable` means nothing in OpenAPI 3.1: null becomes one of the types. */
function nullableAsUnion(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(nullableAsUnion)
  if (node === null || typeof node !== 'object') return node
  const { nullable, ...rest } = node as Schema
  const schema = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, nullableAsUnion(value)]),
  )
  if (nullable !== true) return schema
  if (typeof schema.type === 'string') schema.type = [schema.type, 'null']
  if (Array.isArray(schema.enum)) schema.enum.push(null)
  if (Array.isArray(schema.anyOf)) schema.anyOf.push({ type: 'null' })
  return schema
}
