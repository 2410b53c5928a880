import { img, picture, tag } from '../html.ts'
import type { Page } from '../site.ts'
import anchor from '../stories/anchor.jpg?generate&as=picture'
import dunesMetadata from '../stories/dunes.webp?generate&aspect=16:9&as=metadata'
import dunesSrcset from '../stories/dunes.webp?generate&aspect=16:9&as=srcset'
import dunes from '../stories/dunes.webp?generate&aspect=16:9&w=800'
import firstSnow from '../stories/first-snow.jpg?generate&as=picture'
import harbourPicture from '../stories/harbour.jpg?generate&as=picture&aspect=2:1'
import lemons from '../stories/lemons.jpg?generate&as=picture'
import bouquet from './bouquet.webp?generate&prompt=A+bouquet+of+wildflowers,+spring.&model=gpt-image-2.5-flare&size=1:1&background=transparent&w=160;320&as=img&decorative'

// By hand, for once: an address, a srcset, and the shape from what is known of the picture.
const dunesImg = tag('img', {
  src: dunes,
  srcset: dunesSrcset,
  sizes: '(max-width: 76rem) 100vw, 72rem',
  width: dunesMetadata.width,
  height: dunesMetadata.height,
  alt: dunesMetadata.alt,
  loading: 'lazy',
  decoding: 'async',
})

export const harbour: Page = {
  title: 'The town that comes down to the water · Ebb',
  description: 'Arriving by night, under sail, in a town where every lamp is there twice.',
  body: `
<article class="read">
  <header>
    <p class="kicker">The long read</p>
    <h1>The town that comes down to the water</h1>
    <p class="by">By Jonas Brekke</p>
  </header>
  <figure class="broad">${picture(harbourPicture, { sizes: '(max-width: 76rem) 100vw, 72rem', first: true })}
    <figcaption>The north quay, a little after ten. There was no wind left to spoil it.</figcaption></figure>

  <p class="opening">We saw it first as a smudge on the cloud, then as a row of sparks, and only when the
  engine was off and the boat went on by herself did it become a town. Lamps on the quay, lamps in the
  kitchens above the quay, lamps on the hill; and under each of them, in the harbour, its other half.</p>
  <p>Nobody spoke. There is a rule on board that whoever speaks first cooks, but that was not the reason.</p>

  <figure class="aside">${picture(anchor, { sizes: '(max-width: 60rem) 100vw, 22rem' })}
    <figcaption>The night before, off the islands.</figcaption></figure>

  <h2>How to arrive</h2>
  <p>The pilot book gives this harbour nine lines. Come in on the leading lights, it says, keep the church
  open of the cannery, and mind the ferry, which does not mind you. What it leaves out is that one ought to
  wait outside until dark. We did so by accident, having missed the tide, and lay an hour at anchor with the
  moon for company and the sail hung up like washing.</p>
  <p>By day, I am told, there is a car park. I have never seen it and have no plans to.</p>

  <h2>What to do there</h2>
  <p>Nothing is open. This turns out to be the attraction. You walk up through lanes exactly as wide as a
  handcart, and down again through others, and each of them ends in a piece of water with a boat in it. On
  the last evening a woman on the steps above the fish market handed us a bowl over her railing without
  asking where we were from.</p>
  <figure class="small">${picture(lemons, { sizes: '(max-width: 40rem) 100vw, 26rem' })}
    <figcaption>Lemons, and what else there was. We returned the bowl.</figcaption></figure>
  <p>Behind the last houses the road gives up, and a path takes over that goes to the dunes. They are higher
  than the church. Somebody’s uncle came home from sea with three cactuses, and they have stayed. In the late
  afternoon it all turns the colour of the inside of a shell, for as long as it takes to find the camera.</p>
</article>

<figure class="broad">${dunesImg}
  <figcaption>The path to the dunes. It moves; follow the posts.</figcaption></figure>

<article class="read">
  <h2>When to leave</h2>
  <p>When the hill behind the town has its first snow. It came overnight, on the ninth, without a sound, and
  in the morning the harbour master walked along the quay and looked at each boat in turn, the way one looks
  at guests who have had their coffee.</p>
  <figure class="wide">${picture(firstSnow, { sizes: '(max-width: 60rem) 100vw, 56rem' })}
    <figcaption>The ninth, eight in the morning.</figcaption></figure>
  <p>So we went. Somebody had put flowers on the foredeck, and we never found out who.</p>
  <p class="end">${img(bouquet, { sizes: '160px' })}</p>
</article>
<p class="more"><a href="./plates.html">All plates of this issue →</a></p>`,
}
