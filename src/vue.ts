import { type FunctionalComponent, h, type ImgHTMLAttributes, mergeProps } from 'vue'
import { type PictureProps, pictureParts } from './embed/picture-parts.ts'

export type { PictureProps }

/** A picture of an import with `as=picture` or `as=img`; whatever else it is given goes to the `<img>`. Markup alone: it runs on a server as well. */
export const Picture: FunctionalComponent<
  PictureProps & Omit<ImgHTMLAttributes, 'src' | 'srcset' | keyof PictureProps>
> = (props, { attrs }) => {
  const { sources, img, style } = pictureParts(props as PictureProps)
  const drawn = h(
    'img',
    mergeProps({ ...img, ...(style === undefined ? {} : { style: { ...style } }) }, attrs),
  )
  return sources.length === 0
    ? drawn
    : h('picture', [...sources.map((source) => h('source', { ...source })), drawn])
}
Picture.props = { of: Object, sizes: String, alt: String, priority: Boolean } as never
Picture.inheritAttrs = false
