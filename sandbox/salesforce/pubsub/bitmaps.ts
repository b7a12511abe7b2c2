import { type AvroField, COMPOUNDS } from './lead-change-schema.ts';

const hex = (places: readonly number[]): string => {
  const bits = places.reduce((sum, place) => sum | (1n << BigInt(place)), 0n);
  const digits = bits.toString(16).toUpperCase();
  return `0x${digits.padStart(digits.length + (digits.length % 2), '0')}`;
};

/** Names of fields as change events carry them: one bit per field of the schema, and one bitmap per compound field. */
export const bitmapsOf = (fields: readonly AvroField[], names: readonly string[]): readonly string[] => {
  const place = (name: string) => fields.findIndex((field) => field.name === name);
  const plain = names.map(place).filter((found) => found >= 0);
  const nested = Object.entries(COMPOUNDS).flatMap(([compound, parts]) => {
    const inside = names.map((name) => parts.indexOf(name)).filter((found) => found >= 0);
    return inside.length === 0 ? [] : [`${place(compound)}-${hex(inside)}`];
  });
  return [...(plain.length === 0 ? [] : [hex(plain)]), ...nested];
};
