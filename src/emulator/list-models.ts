import { MODELS, type Model } from './models.ts'
import { type Refusal, unknownModel } from './refusals.ts'
import { json } from './replies.ts'

/** The body of `GET /v1/models`. */
export function listModels(): object {
  return { object: 'list', data: MODELS.map(facts) }
}

/** Answers `GET /v1/models/{id}`. */
export function describeModel(id: string, refuse: (refusal: Refusal) => Response): Response {
  const model = MODELS.find((one) => one.id === id)
  return model === undefined ? refuse(unknownModel(id)) : json(200, facts(model))
}

// One date for all: nobody chooses a model by it.
const facts = ({ id, ownedBy }: Model) => ({ id, object: 'model', created: 1_745_517_030, owned_by: ownedBy })
