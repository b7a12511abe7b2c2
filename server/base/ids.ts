import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Makes ids such as `dec_01j…`: a prefix, 48 bits of time so that they sort, 80 random bits. */
export type NewId = (prefix: IdPrefix) => string;
export type IdPrefix = 'ten' | 'con' | 'led' | 'snp' | 'asg' | 'dec' | 'dlv' | 'key' | 'ses' | 'alr';

const encode = (value: bigint, length: number): string => {
  let text = '';
  for (let rest = value, i = 0; i < length; i++, rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text;
  return text;
};

/** Ids from a clock and a source of random bytes; both are passed in so that tests can fix them. */
export const makeNewId =
  (now: () => number = Date.now, random: (size: number) => Buffer = randomBytes): NewId =>
  (prefix) =>
    `${prefix}_${encode(BigInt(now()), 10)}${encode(BigInt(`0x${random(10).toString('hex')}`), 16)}`;
