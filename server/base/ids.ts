import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_BYTES = 10;
/** Random bytes asked for at once: each call costs more than the bytes do, and a lead takes several ids. */
const POOL_BYTES = 4_000;

/** Makes ids such as `dec_01j…`: a prefix, 48 bits of time so that they sort, 80 random bits. */
export type NewId = (prefix: IdPrefix) => string;
export type IdPrefix =
  | 'con'
  | 'led'
  | 'snp'
  | 'asg'
  | 'dec'
  | 'dlv'
  | 'key'
  | 'ses'
  | 'alr'
  | 'adj'
  | 'slc'
  | 'drf'
  | 'off'
  | 'per'
  | 'inv'
  | 'ers'
  | 'ten';

/** A number of at most 50 bits in `length` digits of 5 bits each. */
const encode = (value: number, length: number): string => {
  let text = '';
  for (let rest = value, i = 0; i < length; i++, rest = Math.floor(rest / 32))
    text = ALPHABET[rest % 32] + text;
  return text;
};

/** Hands out random bytes, each once. */
const pooled = (random: (size: number) => Buffer): (() => Buffer) => {
  let pool: Buffer = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at + RANDOM_BYTES > pool.length) {
      pool = random(POOL_BYTES);
      at = 0;
    }
    at += RANDOM_BYTES;
    return pool.subarray(at - RANDOM_BYTES, at);
  };
};

/** Ids from a clock and a source of random bytes; both are passed in so that tests can fix them. */
export const makeNewId = (
  now: () => number = Date.now,
  random: (size: number) => Buffer = randomBytes,
): NewId => {
  const take = pooled(random);
  return (prefix) => {
    const bytes = take();
    return `${prefix}_${encode(now(), 10)}${encode(bytes.readUIntBE(0, 5), 8)}${encode(bytes.readUIntBE(5, 5), 8)}`;
  };
};
