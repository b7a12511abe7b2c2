const ID = /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/;
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * An id as Salesforce's API writes it, 18 characters; null: no id. Reports and addresses show the first 15, whose case
 * matters; the last three say which of them are upper case, so that a program that lost the case can be understood.
 */
export const toLongId = (text: string): string | null => {
  if (!ID.test(text)) return null;
  return text.length === 15 ? text + suffixOf(text) : restoreCase(text);
};

const suffixOf = (id: string): string =>
  [0, 5, 10]
    .map((from) => {
      const bits = [...id.slice(from, from + 5)].reduce(
        (sum, letter, place) => sum + (/[A-Z]/.test(letter) ? 2 ** place : 0),
        0,
      );
      return SUFFIX[bits];
    })
    .join('');

const restoreCase = (id: string): string | null => {
  const suffix = id.slice(15).toUpperCase();
  const bits = [...suffix].map((letter) => SUFFIX.indexOf(letter));
  if (bits.includes(-1)) return null;
  const restored = [...id.slice(0, 15)]
    .map((letter, place) =>
      (bits[Math.floor(place / 5)]! >> (place % 5)) & 1 ? letter.toUpperCase() : letter.toLowerCase(),
    )
    .join('');
  // A suffix that says a digit is upper case is made up.
  return suffixOf(restored) === suffix ? restored + suffix : null;
};
