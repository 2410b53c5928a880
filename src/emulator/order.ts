import type { OutputFormat } from './encode.ts'
import type { Model } from './models.ts'

/** A request that the API accepts, with every default filled in: what the model is to make. */
export interface Order {
  readonly model: Model
  readonly prompt: string
  readonly n: number
  /** `WxH` in pixels, also where `auto` was asked. */
  readonly size: string
  readonly width: number
  readonly height: number
  /** One of the model's own words; `''` where it has none. */
  readonly quality: string
  readonly background: 'opaque' | 'transparent'
  readonly format: OutputFormat
  /** 0–100. */
  readonly compression: number
  readonly stream: boolean
  readonly partials: number
  readonly answer: 'b64_json' | 'url'
}
