import type { GeneratedPicture } from 'unplugin-generate-images'
import lighthouse from './lighthouse.jpg?generate&as=picture'
import boat from './paper-boat.png?generate&as=picture'

function Picture(props: { of: GeneratedPicture; sizes: string; priority?: boolean }) {
  return (
    <picture>
      {Object.entries(props.of.sources).map(([format, srcset]) => (
        <source type={`image/${format}`} srcset={srcset} sizes={props.sizes} />
      ))}
      <img
        {...props.of.img}
        alt={props.of.img.alt}
        sizes={props.sizes}
        loading={props.priority ? 'eager' : 'lazy'}
      />
    </picture>
  )
}

const SIZES = '(min-width: 40rem) 38rem, 100vw'

export function App() {
  return (
    <main>
      <h1>Boats</h1>
      <Picture of={boat} sizes={SIZES} priority />
      <p>Fold a sheet of paper in half, and in half again.</p>
      <Picture of={lighthouse} sizes={SIZES} />
    </main>
  )
}
