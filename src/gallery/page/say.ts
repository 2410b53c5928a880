import { byId } from './dom.ts'

let last: ReturnType<typeof setTimeout> | undefined

/** Says a sentence to those who listen to the page. Of several in one moment the last is said. */
export function say(sentence: string): void {
  clearTimeout(last)
  // A sentence that stands there already would not be said again.
  byId('said').textContent = ''
  last = setTimeout(() => {
    byId('said').textContent = sentence
  }, 60)
}
