import { createHash } from 'node:crypto';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isGuid = (text: string): boolean => GUID.test(text);

/** The id that no record has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** An id from outside where a path or a filter takes one as it is; what is none becomes the id that no record has. */
export const asGuid = (text: string): string => (isGuid(text.toLowerCase()) ? text.toLowerCase() : NOBODY);

/** A namespace of our own. */
const NAMESPACE = Buffer.from('8f0c1d0b5a6e4f2c9b3d7e1a2c4b6d80', 'hex');

/**
 * The id a record of ours has for a name: the same each time (UUID version 5), so that making it twice makes it once.
 */
export const guidFor = (name: string): string => {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
