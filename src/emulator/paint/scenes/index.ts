import type { Scene } from '../stage.ts'
import { abstract } from './abstract.ts'
import { city } from './city.ts'
import { dunes } from './dunes.ts'
import { forest } from './forest.ts'
import { garden } from './garden.ts'
import { mountains } from './mountains.ts'
import { portrait } from './portrait.ts'
import { sea } from './sea.ts'
import { space } from './space.ts'
import { stillLife } from './still-life.ts'

/** All families of pictures. */
export const SCENES: readonly Scene[] = [
  ...[sea, mountains, forest, city, space],
  ...[garden, dunes, abstract, stillLife, portrait],
]
