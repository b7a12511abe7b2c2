const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Where the org lives: part of every id it makes. */
const POD = 'Sb0';

/** The three characters that make a 15 character id safe where case is lost: which of its letters are capitals. */
const suffixOf = (id15: string): string =>
  [0, 5, 10]
    .map((start) => {
      const bits = [...id15.slice(start, start + 5)].reduce(
        (sum, letter, index) => sum + (letter >= 'A' && letter <= 'Z' ? 1 << index : 0),
        0,
      );
      return SUFFIX[bits] ?? 'A';
    })
    .join('');

/** An id in its 18 character form; null when it is none: another length, other characters, a wrong suffix. */
export const toId18 = (text: unknown): string | null => {
  if (typeof text !== 'string' || !/^[a-zA-Z0-9]{15}(?:[A-Z0-5]{3})?$/.test(text)) return null;
  const id18 = text.slice(0, 15) + suffixOf(text.slice(0, 15));
  return text.length === 15 || text === id18 ? id18 : null;
};

/** The n-th id of a kind, 18 characters. */
export const makeId = (prefix: string, n: number): string => {
  let rest = '';
  for (let left = n, place = 0; place < 9; place++) {
    rest = DIGITS[left % 62] + rest;
    left = Math.floor(left / 62);
  }
  const id15 = `${prefix}${POD}${rest}`;
  return id15 + suffixOf(id15);
};
