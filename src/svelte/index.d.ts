import type { Component } from 'svelte'
import type { HTMLImgAttributes } from 'svelte/elements'
import type { PictureProps } from '../embed/picture-parts.ts'

export type { PictureProps }

/** A picture of an import with `as=picture` or `as=img`; whatever else it is given goes to the `<img>`. Markup alone: it runs on a server as well. */
export const Picture: Component<PictureProps & Omit<HTMLImgAttributes, 'src' | 'srcset' | keyof PictureProps>>
