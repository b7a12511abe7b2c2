import { BlockList, isIP, isIPv4 } from 'node:net';

/** Blocks that are no host of the public internet (IANA special-purpose registries, multicast and what is reserved). */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Of IPv6 only 2000::/3 is the public internet, but for these: tunnels that lead to any IPv4 address, and examples. */
const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, prefix] of SPECIAL_V4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_V6) special.addSubnet(net, prefix, 'ipv6');

const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** IPv4 in IPv6's clothes: mapped, and as a NAT64 gateway writes it. */
const dressed = new BlockList();
dressed.addSubnet('::ffff:0:0', 96, 'ipv6');
dressed.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an address in text lies on the public internet; anything that is no address does not. */
export const isPublicAddress = (address: string): boolean => {
  const bare = address.replace(/^\[|\]$/g, '');
  if (isIPv4(bare)) return !special.check(bare, 'ipv4');
  if (isIP(bare) === 0 || bare.includes('%')) return false;
  if (dressed.check(bare, 'ipv6')) return isPublicAddress(lastFourBytes(bare));
  return global6.check(bare, 'ipv6') && !special.check(bare, 'ipv6');
};

/** The end of an IPv6 address as an IPv4 one. */
const lastFourBytes = (address: string): string => {
  // The URL parser writes any form of it out in hexadecimal groups.
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(':');
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
};

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a URL's host name is this machine's own. */
export const isLoopbackName = (hostname: string): boolean => LOOPBACK_NAMES.has(hostname);
