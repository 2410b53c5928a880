import Link from 'next/link'
import { Picture } from 'unplugin-generate-images/react'
import { images } from '../public/pictures/images.js'

const SIZES = '(min-width: 40rem) 38rem, 100vw'

export default function Home() {
  return (
    <main>
      <h1>Boats</h1>
      <Picture of={images['app/paper-boat']} sizes={SIZES} priority />
      <p>Fold a sheet of paper in half, and in half again.</p>
      <Link href="/lighthouse">
        <Picture of={images['app/lighthouse']} sizes={SIZES} />
      </Link>
    </main>
  )
}
