import coverNarrow from '../cover.jpg?generate&aspect=4:5&w=480;800&as=picture'
import cover from '../cover.jpg?generate&aspect=21:9&as=picture'
import { picture } from '../html.ts'
import type { Page } from '../site.ts'
import birches from '../stories/birches.jpg?generate&as=picture'
import coffee from '../stories/coffee.jpg?generate&as=picture'
import harbour from '../stories/harbour.jpg?generate&as=picture'
import poppies from '../stories/herbarium/poppies.jpg?generate&as=picture'
import wildflowers from '../stories/herbarium/wildflowers.jpg?generate&as=picture'
import pass from '../stories/pass.jpg?generate&as=picture'
import roofs from '../stories/roofs.jpg?generate&as=picture'
import waves from '../waves.webp?generate&w=1536&q=70'
import mate from './mate.jpg?generate&prompt=Portrait+of+a+man+with+a+beard,+the+author+of+the+logbook.&size=1:1&w=96;192;288&as=picture&alt=Portrait+of+Jonas+Brekke,+with+beard+and+glasses'

const card = (kind: string, image: string, kicker: string, title: string, text: string) => `
<article class="card ${kind}">
  ${image}
  <p class="kicker">${kicker}</p>
  <h3>${title}</h3>
  <p>${text}</p>
</article>`

export const home: Page = {
  title: 'Ebb: slow journeys by water and on foot',
  description: 'A quarterly about going slowly. Issue 12: the long evening.',
  body: `
<section class="cover">
  ${picture(cover, { sizes: '100vw', first: true, narrow: coverNarrow })}
  <div class="title">
    <p class="kicker">Issue 12 · Autumn</p>
    <h1>The long evening</h1>
    <p class="lead">Four weeks along one coast at the speed of a small red sail, with a good deal of waiting
    for the wind. Nobody on board was in a hurry; by the end, nobody remembered how.</p>
  </div>
</section>

<section class="feature">
  <a class="plate" href="./harbour.html">${picture(harbour, { sizes: '(max-width: 60rem) 100vw, 58vw' })}</a>
  <div>
    <p class="kicker">The long read</p>
    <h2><a href="./harbour.html">The town that comes down to the water</a></h2>
    <p>Arrive by day and it is a town like others. Arrive after dark, under sail, with the lamps lit and
    every lamp twice, and you will want to turn around and arrive again.</p>
    <p class="by">By Jonas Brekke · 3 minutes</p>
  </div>
</section>

<section class="cards" aria-label="In this issue">
  ${card('wide', picture(birches, { sizes: '(max-width: 60rem) 100vw, 40vw' }), 'Walking', 'Before the others are up', 'Six hours through tall trees and not one view. It is the best walk we know: what you look at is the light.')}
  ${card('tall', picture(pass, { sizes: '(max-width: 40rem) 100vw, (max-width: 60rem) 50vw, 25vw' }), 'Higher up', 'One peak, all day', 'It is in front of you at breakfast and in front of you at supper. Bring a book.')}
  ${card('square', picture(coffee, { sizes: '(max-width: 40rem) 100vw, (max-width: 60rem) 50vw, 25vw' }), 'Galley', 'Coffee without a stove', 'Cold water, a jar, a night on deck. In the morning you pour it past the grounds and feel clever.')}
</section>

<figure class="panorama">
  ${picture(roofs, { sizes: '100vw' })}
  <figcaption>“A coast is a road that moves twice a day.”</figcaption>
</figure>

<section class="herbarium">
  <div>
    <p class="kicker">Herbarium</p>
    <h2>What grows above the tide line</h2>
    <p>Salt, wind and no soil to speak of: whatever flowers here means it. We pressed two pages of it and
    planted the rest of the afternoon on a bench.</p>
    <p>Look for the poppies on the landward side of the harbour wall, and for everything else where the
    mower can’t go.</p>
  </div>
  <figure>${picture(poppies, { sizes: '(max-width: 40rem) 100vw, (max-width: 60rem) 50vw, 30vw' })}<figcaption>Plate I. The harbour wall, May</figcaption></figure>
  <figure>${picture(wildflowers, { sizes: '(max-width: 40rem) 100vw, (max-width: 60rem) 50vw, 30vw' })}<figcaption>Plate II. The slipway, July</figcaption></figure>
</section>

<section class="next" style="background-image: url('${waves}')">
  <div>
    <p class="kicker">Next</p>
    <h2>Issue 13 leaves in January</h2>
    <p>Ice, mostly. And how to read a chart with mittens on.</p>
  </div>
</section>

<section class="mate">
  ${picture(mate, { sizes: '96px' })}
  <p><strong>Jonas Brekke</strong> kept the log of this issue. He has missed the same ferry eleven times and
  has written about nine of them.</p>
</section>`,
}
