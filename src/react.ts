import { type ComponentPropsWithRef, createElement, type ReactElement, version } from 'react'
import { type PictureProps, pictureParts } from './embed/picture-parts.ts'

export type { PictureProps }

// React 18 knows only HTML's own spelling.
const FETCH_PRIORITY = Number.parseInt(version, 10) < 19 ? 'fetchpriority' : 'fetchPriority'

/** A picture of an import with `as=picture` or `as=img`; whatever else it is given goes to the `<img>`. Markup alone: it runs on a server as well. */
export function Picture({
  of,
  sizes,
  alt,
  priority,
  style: own,
  ...rest
}: PictureProps & Omit<ComponentPropsWithRef<'img'>, 'src' | 'srcSet' | keyof PictureProps>): ReactElement {
  const { sources, img, style } = pictureParts({ of, sizes, alt, priority })
  const { srcset, fetchpriority, ...attributes } = img
  const camel = Object.entries(style ?? {}).map(([name, value]) => [
    name.replace(/-(\w)/, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  const drawn = createElement('img', {
    ...attributes,
    srcSet: srcset,
    ...(fetchpriority === undefined ? {} : { [FETCH_PRIORITY]: fetchpriority }),
    ...rest,
    ...(style === undefined && own === undefined ? {} : { style: { ...Object.fromEntries(camel), ...own } }),
  })
  if (sources.length === 0) return drawn
  const children = sources.map(({ srcset: srcSet, ...source }) =>
    createElement('source', { key: source.type, srcSet, ...source }),
  )
  return createElement('picture', null, ...children, drawn)
}
