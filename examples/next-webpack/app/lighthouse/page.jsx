import Link from 'next/link'
import { Picture } from 'unplugin-generate-images/react'
import lighthouse from '../lighthouse.jpg?generate&as=picture'

export default function Lighthouse() {
  return (
    <main>
      <h1>The lighthouse</h1>
      <Picture of={lighthouse} sizes="(min-width: 40rem) 38rem, 100vw" priority />
      <Link href="/">Boats</Link>
    </main>
  )
}
