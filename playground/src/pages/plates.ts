import coverMetadata from '../cover.jpg?generate&as=metadata'
import coverPicture from '../cover.jpg?generate&as=picture'
import coverOriginal from '../cover.png?generate&as=original'
import { asText, picture } from '../html.ts'
import type { Page } from '../site.ts'
import captions from '../stories/images.prompts.json?generate&as=metadata'
import gallery from '../stories/images.prompts.json?generate&as=picture&aspect=1:1&w=320;640'
import endpaper from './endpaper.webp?generate&prompt=Screenprint+in+flat+inks.+A+seamless+geometric+pattern+for+endpapers:+summer+blue,+buoys,+sails,+suns.&size=1:1&quality=low&w=720&q=70'

const figures = Object.entries(gallery).map(([name, plate]) => {
  const { prompt, model, width, height } = captions[name as keyof typeof captions]
  return `<figure>
  ${picture(plate, { sizes: '(max-width: 40rem) 50vw, (max-width: 60rem) 33vw, 18rem' })}
  <figcaption><strong>${asText(name).replace('/', '/<wbr>')}</strong><q>${asText(lastLines(prompt))}</q><small>${asText(model)} · ${width}\u00a0×\u00a0${height}</small></figcaption>
</figure>`
})

export const plates: Page = {
  title: 'Plates · Ebb',
  description: 'Every picture of issue 12 beside the words it was asked for with.',
  body: `
<header class="endpaper" style="background-image: url('${endpaper}')">
  <div>
    <p class="kicker">Plates</p>
    <h1>The pictures, and the words</h1>
    <p class="lead">Nobody photographed this issue. Each plate was asked for once, in a sentence or two, and
    the answer was kept. These are the sentences.</p>
  </div>
</header>

<section class="gallery" aria-label="Plates">
${figures.join('\n')}
<p class="rest">And seven more that hang elsewhere: the cover, the waves, the boat on the masthead, the author, the
flowers, the paper above, and one that shows itself only to people who share a link.</p>
</section>

<section class="poster">
  ${picture(coverPicture, { sizes: '(max-width: 60rem) 100vw, 58vw' })}
  <div>
    <p class="kicker">For your wall</p>
    <h2>The cover, as it came</h2>
    <p><q>${asText(lastLines(coverMetadata.prompt))}</q></p>
    <p>${coverMetadata.width} × ${coverMetadata.height} pixels, not resized and not compressed again. Print it,
    pin it up, let the sun have it.</p>
    <p><a class="button" href="${coverOriginal}" download="ebb-12-cover.png">Download the original</a></p>
  </div>
</section>`,
}

/** A prompt without its first line, which is the style that many plates share. */
function lastLines(prompt: string): string {
  return prompt.slice(prompt.indexOf('\n') + 1)
}
