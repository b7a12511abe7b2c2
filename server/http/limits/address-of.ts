import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Request } from 'express';

/**
 * Whom an unproven request is counted against: the address it comes from, past as many proxies as TRUST_PROXY names.
 * One household has a whole /64 of IPv6: it counts as one.
 */
export const addressOf = (request: Request): string => {
  const address = request.ip ?? 'none';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? firstHalfOf(address) : address;
};

/**
 * Whom a request is counted against that a vendor's machines make for an account: accounts share the vendor's addresses,
 * and one with a wrong credential is not counted against the others. Which account it is its caller says, so they are
 * counted on 256 shelves: made-up ids fill no memory, and gain a bounded number of guesses.
 */
export const addressFor = (request: Request, account: string): string =>
  `${addressOf(request)}/${createHash('sha256').update(account).digest().readUInt8()}`;

/** The first four groups of an IPv6 address, written out. */
const firstHalfOf = (address: string): string => {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const [front, back] = [groups(head), groups(tail)];
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...gap, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
};
