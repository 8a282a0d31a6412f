import { BlockList, isIP } from 'node:net';

/**
 * Addresses that nothing outside may make us call: this machine, private networks, link-local (where clouds keep
 * credentials), shared carrier space, documentation, benchmarks, multicast, reserved; and the IPv6 forms that carry
 * IPv4 inside. From IANA's special-purpose address registries.
 */
const blockedRanges = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const blocked = new BlockList();
for (const range of blockedRanges) {
  const [address = '', prefix = ''] = range.split('/');
  blocked.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an IP address (v4, v6, v4 mapped in v6) is one that the outside world is not at. */
export const isPrivateAddress = (address: string): boolean => {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIP(bare);
  // Node checks v4 addresses mapped in v6 (::ffff:10.0.0.1) against the v4 ranges.
  return family === 0 || blocked.check(bare, family === 6 ? 'ipv6' : 'ipv4');
};
