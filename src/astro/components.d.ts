import type { HTMLAttributes } from 'astro/types'
import type { PictureProps } from '../embed/picture-parts.ts'

export type { PictureProps }

/** A picture of an import with `as=picture` or `as=img`; whatever else it is given goes to the `<img>`. Markup alone. */
export declare function Picture(
  props: PictureProps & Omit<HTMLAttributes<'img'>, 'src' | 'srcset' | keyof PictureProps>,
): unknown
