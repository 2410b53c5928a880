// Which internet addresses are public, as data. The table is that of IANA's registries of special-purpose addresses
// (iana-ipv4-special-registry, iana-ipv6-special-registry, RFC 6890 and 8190), read on 2026-11-23: whatever they call not
// globally reachable, multicast (RFC 5771, 4291), and the addresses where clouds hand out credentials.
import { BlockList, isIP } from 'node:net'

/** What an address is for; `public` for all others. */
export type AddressKind =
  | 'public'
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'metadata'
  | 'multicast'
  | 'unspecified'
  | 'reserved'

type Special = Exclude<AddressKind, 'public'>

/** The first row that holds decides. */
const RANGES: readonly (readonly [Special, readonly string[]])[] = [
  // AWS and most others, AWS on IPv6, GCP on IPv6, Alibaba, Oracle, Azure's own (a public address by its number).
  [
    'metadata',
    [
      ...[
        '169.254.169.254/32',
        '169.254.170.2/32',
        '169.254.170.23/32',
        '100.100.100.200/32',
        '192.0.0.192/32',
      ],
      ...['168.63.129.16/32', 'fd00:ec2::254/128', 'fd00:ec2::23/128', 'fd20:ce::254/128'],
    ],
  ],
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['unspecified', ['0.0.0.0/8', '::/128']],
  ['link-local', ['169.254.0.0/16', 'fe80::/10']],
  // 100.64/10 is shared by the customers of a carrier (CGNAT); fec0::/10 is the deprecated site-local range.
  [
    'private',
    [
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '100.64.0.0/10',
      'fc00::/7',
      'fec0::/10',
      '64:ff9b:1::/48',
    ],
  ],
  ['multicast', ['224.0.0.0/4', 'ff00::/8']],
  // Protocol assignments (Teredo among them), documentation, benchmarks, 6to4 and its relays, class E and broadcast.
  [
    'reserved',
    [
      ...[
        '192.0.0.0/24',
        '192.0.2.0/24',
        '192.88.99.0/24',
        '198.18.0.0/15',
        '198.51.100.0/24',
        '203.0.113.0/24',
      ],
      ...['240.0.0.0/4', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
    ],
  ],
]

/** Tells what an address is for. Anything that is no address, and all of IPv6 outside 2000::/3, is `reserved`. */
export function createAddressKinds(): (address: string) => AddressKind {
  const lists = RANGES.map(([kind, ranges]) => [kind, listOf(ranges)] as const)
  const global = listOf(['2000::/3'])
  return (address) => {
    // A zone (`fe80::1%eth0`) names the network card of a local address.
    const plain = address.split('%', 1)[0] ?? ''
    const within = embeddedIPv4(plain) ?? plain
    const version = isIP(within)
    if (version === 0) return 'reserved'
    const family = version === 4 ? 'ipv4' : 'ipv6'
    const special = lists.find(([, list]) => list.check(within, family))?.[0]
    return special ?? (version === 4 || global.check(within, family) ? 'public' : 'reserved')
  }
}

// The IPv4 address that an IPv6 one leads to: mapped (::ffff:0:0/96) and of a NAT64 (64:ff9b::/96), through which networks
// without IPv4 reach all of it. Other forms that carry one are reserved as a whole.
function embeddedIPv4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined
  // `URL` writes an address in its one short form of hexadecimal groups.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [, tail] = /^(?:::ffff:|64:ff9b::)((?:[0-9a-f]{1,4}(?::|$)){0,2})$/.exec(groups) ?? []
  if (tail === undefined) return undefined
  const [low = 0, high = 0] = tail
    .split(':')
    .filter((group) => group !== '')
    .map((group) => Number.parseInt(group, 16))
    .reverse()
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
