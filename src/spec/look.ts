// How a picture shall look: the layers of its entry, then what an import says over it.
import type { Fields } from './fields.ts'
import { nearestOf } from './layers.ts'
import type { LookRequest } from './query.ts'
import { parseRatio } from './size.ts'
import { EFFORT_MAX, FORMATS, type Format, type Frame, hasSources, type Look, type Shape } from './specs.ts'

/** The look that the layers of an entry give, nearest first; the last layer holds every field that is read here. */
export function baseLook(layers: readonly Fields[], sizeFrame: Frame): Look {
  const value = <F extends keyof Fields>(field: F): Fields[F] => nearestOf(layers, field)
  const encode: Look['encode'] = Object.assign({}, ...layers.map((layer) => layer.encode ?? {}).reverse())
  return Object.freeze({
    frame: aspectFrame(value('aspect')) ?? sizeFrame,
    widths: ascending(value('widths') ?? []),
    heights: [],
    formats: [...new Set(value('formats') ?? [])],
    fallback: 'auto' as const,
    fit: value('fit')!,
    position: value('position')!,
    encode,
    placeholder: placeholderOf(value('placeholder')),
  })
}

/**
 * The look of one import: its query over the entry's look. `format` is the one that the specifier's extension names:
 * the fallback of a picture, and the format of shapes of a single format unless the query says otherwise.
 */
export function importLook(base: Look, query: LookRequest, format: Format | undefined, as: Shape): Look {
  const { fields, widths, heights, formats, q, effort } = query
  const box =
    widths?.length === 1 && heights?.length === 1 ? { width: widths[0]!, height: heights[0]! } : undefined
  const frame: Frame =
    box === undefined ? (aspectFrame(fields.aspect) ?? base.frame) : { kind: 'ratio', ...box }
  // One number for every format: each takes as much of it as it knows.
  const encode = Object.fromEntries(
    FORMATS.map((one) => {
      const asked = effort === undefined ? {} : { effort: Math.min(effort, EFFORT_MAX[one]) }
      return [one, { ...base.encode[one], ...(q === undefined ? {} : { quality: q }), ...asked }]
    }),
  )
  return Object.freeze({
    frame,
    widths: widths === undefined ? (heights === undefined ? base.widths : []) : ascending(widths),
    heights: heights === undefined || box !== undefined ? [] : ascending(heights),
    formats: formats === undefined ? base.formats : [...new Set(formats)],
    // A shape of one format has the query's; in a shape of several those are the sources.
    fallback: (hasSources(as) ? undefined : formats?.[0]) ?? format ?? base.fallback,
    fit: fields.fit ?? base.fit,
    position: fields.position ?? base.position,
    encode,
    placeholder: fields.placeholder === undefined ? base.placeholder : placeholderOf(fields.placeholder),
  })
}

const ascending = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b)

function placeholderOf(value: Fields['placeholder']): Look['placeholder'] {
  return value === true ? 'blur' : (value ?? false)
}

function aspectFrame(aspect: string | undefined): Frame | undefined {
  return aspect === undefined ? undefined : parseRatio(aspect)
}
