import Link from 'next/link'
import { Picture } from 'unplugin-generate-images/react'
import lighthouse from './lighthouse.jpg?generate&as=picture'
import boat from './paper-boat.png?generate&as=picture'

const SIZES = '(min-width: 40rem) 38rem, 100vw'

export default function Home() {
  return (
    <main>
      <h1>Boats</h1>
      <Picture of={boat} sizes={SIZES} priority />
      <p>Fold a sheet of paper in half, and in half again.</p>
      <Link href="/lighthouse">
        <Picture of={lighthouse} sizes={SIZES} />
      </Link>
    </main>
  )
}
