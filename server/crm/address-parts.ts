/** What the values of one question may take of an address. Vendors refuse addresses from 16 KB on. Bytes, encoded. */
const MOST_BYTES = 12_000;

/**
 * Values in parts, each for one question whose address stays short enough: no more than `most`, and no more than their
 * length allows. `written`: a value as it stands in the question.
 */
export const addressParts = <T>(
  values: readonly T[],
  most: number,
  written: (value: T) => string,
): readonly (readonly T[])[] => {
  const parts: T[][] = [];
  let bytes = 0;
  for (const value of values) {
    const own = encodeURIComponent(written(value).toWellFormed()).length;
    const part = parts.at(-1);
    if (part === undefined || part.length === most || bytes + own > MOST_BYTES) {
      parts.push([value]);
      bytes = own;
    } else {
      part.push(value);
      bytes += own;
    }
  }
  return parts;
};
