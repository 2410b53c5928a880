import { formsOf } from './secrets.ts'

/** Takes secrets out of a text that came from outside, and cuts it to a length that a terminal can bear. */
export type Scrub = (text: string) => string

const longest = 600
const shortestSecret = 6

/**
 * Makes the scrubber for some secrets (the API key, the values of the user's own headers). It also takes out what looks
 * like a bearer token or a key, cuts every link to its origin (a signed link is a secret too), and turns control
 * characters into spaces, because a message ends up on a terminal.
 */
export function createScrubber(secrets: readonly string[]): Scrub {
  const forms = formsOf(secrets.filter((secret) => secret.length >= shortestSecret))
  return (text) => {
    let clean = text
    for (const form of forms) clean = clean.replaceAll(form, '[key]')
    clean = clean
      .replace(/\bhttps?:\/\/[^\s"'<>]+/gi, originOf)
      .replace(/\bBearer\s+[\w.~+/=-]{8,}/gi, 'Bearer [key]')
      .replace(/\bsk-[\w*.-]{8,}/g, '[key]')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
      .trim()
    return clean.length > longest ? `${clean.slice(0, longest)}…` : clean
  }
}

/** The origin of a link, which is all of it that may be shown; `a link` where it is none. */
export function originOf(link: string): string {
  try {
    const { protocol, host } = new URL(link)
    return `${protocol}//${host}`
  } catch {
    return 'a link'
  }
}
