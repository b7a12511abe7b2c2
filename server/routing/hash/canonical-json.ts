/**
 * A value as canonical JSON (RFC 8785): keys sorted by UTF-16 code units, no spaces, numbers and strings as
 * ECMAScript writes them. Members that are undefined are left out. Throws on what JSON cannot say.
 *
 * A value whose keys happen to be in order is what the built-in writer already makes canonical, several times
 * quicker; decisions are built that way.
 */
export const canonicalJson = (value: unknown): string =>
  isInOrder(value) ? JSON.stringify(value) : write(value);

const isInOrder = (value: unknown): boolean => {
  if (typeof value !== 'object') return isJson(value);
  if (value === null) return true;
  return Array.isArray(value) ? value.every(isInOrder) : hasKeysInOrder(value as Record<string, unknown>);
};

const hasKeysInOrder = (object: Readonly<Record<string, unknown>>): boolean => {
  let before = '';
  for (const key in object) {
    if (key < before || (object[key] !== undefined && !isInOrder(object[key]))) return false;
    before = key;
  }
  return true;
};

const isJson = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isFinite(value)
    : typeof value === 'string' || typeof value === 'boolean';

const write = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  if (typeof value === 'object' && value !== null) return writeMembers(value as Record<string, unknown>);
  if (value !== null && !isJson(value)) throw new TypeError(`${String(value)} has no canonical JSON`);
  return JSON.stringify(value);
};

const writeMembers = (object: Readonly<Record<string, unknown>>): string => {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(object[key])}`)
    .join()}}`;
};
