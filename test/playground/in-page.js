// Runs in the page, before anything of it. What it finds is `Seen` of look.ts.
window.layoutShift = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.layoutShift += entry.value
}).observe({ type: 'layout-shift', buffered: true })

/** Scrolls to the end in steps, so that every lazy picture begins to load, and waits until all have. */
window.scrollThrough = async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  // Ends also for a picture that can't be shown: what became of it is for `seePictures` to say.
  const ended = (img) =>
    img.complete ||
    new Promise((resolve) => ['load', 'error'].map((type) => img.addEventListener(type, resolve)))
  await Promise.all([...document.images].map(ended))
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

window.seePictures = () => Promise.all([...document.images].map(seePicture))

async function seePicture(img) {
  const { currentSrc, complete, naturalWidth, naturalHeight, loading } = img
  const elements = [...(img.closest('picture')?.querySelectorAll('source') ?? []), img]
  const candidates = elements.flatMap((element) => candidatesOf(element))
  const chosen = candidates.find(({ url }) => url === currentSrc)
  const bitmap = await createImageBitmap(await (await fetch(currentSrc)).blob())
  return {
    src: img.getAttribute('src'),
    alt: img.getAttribute('alt'),
    lazy: loading === 'lazy',
    top: Math.round(img.getBoundingClientRect().top + scrollY),
    inPicture: img.parentElement.tagName === 'PICTURE',
    ...{ currentSrc, complete, naturalWidth, naturalHeight },
    file: { width: bitmap.width, height: bitmap.height },
    declared: declaredBy(img),
    shown: { width: img.width, height: img.height },
    candidates: candidates.map(({ url, width }) => ({ url, width })),
    chosen: chosen && {
      descriptor: chosen.width,
      declared: declaredBy(chosen.element),
    },
  }
}

const declaredBy = (element) => ['width', 'height'].map((name) => Number(element.getAttribute(name)))

function candidatesOf(element) {
  return element.srcset.split(', ').map((candidate) => {
    const [url, width] = candidate.split(' ')
    return { element, url: new URL(url, document.baseURI).href, width: Number.parseInt(width, 10) }
  })
}
