// Where a link may lead. A name is looked up once, and the addresses that were looked at are the ones connected to: a name
// that stands for another machine a moment later gains nothing.
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopback } from './address.ts'
import { createAddressKinds } from './ranges.ts'

/** Looks up a host name: all its addresses. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>

/** Thrown inside where a connection would leave the open internet. */
export class Refused extends Error {}

/** What may be connected to. */
export interface Gate {
  /** Why a host that is an address itself is refused; `undefined` for one that is let through, and for names. */
  check(hostname: string): Refused | undefined
  /** The lookup for `net.connect`: gives the allowed addresses alone, and `Refused` where there is none. */
  readonly lookup: LookupFunction
}

const system: ResolveHost = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/**
 * Makes the gate for links: public addresses only. With `loopback`, hosts that are this machine by their name
 * (`localhost`, `127.0.0.1`) are let through too, and must be this machine by their address as well.
 */
export function createGate({
  loopback,
  resolveHost = system,
}: {
  loopback: boolean
  resolveHost?: ResolveHost | undefined
}): Gate {
  let kinds: ReturnType<typeof createAddressKinds> | undefined
  // Its lists take some milliseconds, and most runs follow no link.
  const kindOf = (address: string) => {
    kinds ??= createAddressKinds()
    return kinds(address)
  }
  const wantedOf = (hostname: string) =>
    loopback && isLoopback(isIP(hostname) === 6 ? `[${hostname}]` : hostname) ? 'loopback' : 'public'
  const refused = (hostname: string, address: string) => {
    const kind = kindOf(address)
    const one = `${kind === 'unspecified' ? 'an' : 'a'} ${kind}`
    const why =
      wantedOf(hostname) === 'public'
        ? `no public address but ${one} one`
        : `not this machine but ${one} address`
    const host = hostname === address ? address : `${hostname} at ${address}`
    return new Refused(`it leads to ${host}, which is ${why}`)
  }
  const allowed = async (hostname: string) => {
    const found = await resolveHost(hostname)
    const [first] = found
    const fit = found.filter((address) => kindOf(address) === wantedOf(hostname))
    if (first !== undefined && fit.length === 0) throw refused(hostname, first)
    if (first === undefined) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
    return fit.map((address) => ({ address, family: isIP(address) }))
  }
  return {
    check: (hostname) =>
      isIP(hostname) === 0 || kindOf(hostname) === wantedOf(hostname)
        ? undefined
        : refused(hostname, hostname),
    lookup(hostname, options, callback) {
      allowed(hostname).then(
        (addresses) =>
          options.all
            ? callback(null, addresses)
            : callback(null, addresses[0]?.address ?? '', addresses[0]?.family),
        (error) => callback(error, ''),
      )
    },
  }
}
