import { createError } from '../errors/index.ts'
import { originOf } from './scrub.ts'

/** Whether a host name (as `URL` writes it) is this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}

/** Whether bytes to and from this address can't be read on the way: https, or http to this machine. */
export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/**
 * The address that pictures are asked of: `/images/generations` under the base, whose query is kept. Throws `BAD_OPTION`
 * for what is no address and `INSECURE_URL` for http to another machine.
 */
export function generationsUrl(baseURL: string): URL {
  if (!URL.canParse(baseURL)) {
    throw createError('BAD_OPTION', {
      option: 'provider.baseURL',
      found: 'not an address',
      allowed: 'an address such as https://api.cometapi.com/v1',
    })
  }
  const url = new URL(baseURL)
  if (!isSecure(url))
    throw createError('INSECURE_URL', { option: 'provider.baseURL', origin: originOf(baseURL) })
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/images/generations`
  return url
}
