import { fold } from '../conditions/compare-values.ts';
import type { FieldValue } from '../lead.ts';
import { AREA_FIELDS, type Area, type AreaField } from '../policy/territories.ts';

/**
 * How closely an area looks: which fields it asks for, and how much of a postal code. Areas of one shape that a lead
 * lies in are the same place, and of two shapes one is always the more specific, so that the order below is total.
 */
export interface Shape {
  /** Besides the postal code. */
  readonly fields: readonly AreaField[];
  /** Characters of the postal code, as `postalKey` has it; 0: it is not asked for. */
  readonly length: number;
  /** The whole code, not its beginning. */
  readonly whole: boolean;
}

/** One place of an area: its shape, and the values of the shape's fields and the postal code in one key. */
export interface Place {
  readonly shape: Shape;
  readonly key: string;
  /** The values as the policy has them. */
  readonly values: Readonly<Partial<Record<AreaField, string>>>;
}

/** Postal codes compare without case and spaces. */
export const postalKey = (code: string): string => fold(code).replace(/\s/g, '');

const SEPARATOR = '\n';

/** The key of a lead's values in a shape; null: it lies in no such place. `postal`: see `postalKey`. */
export const keyIn = (
  { fields, length, whole }: Shape,
  keyAt: (field: AreaField) => string | null,
  postal: string | null,
): string | null => {
  let key = '';
  for (const field of fields) {
    const value = keyAt(field);
    if (value === null) return null;
    key += value + SEPARATOR;
  }
  if (length === 0) return key;
  if (postal === null || postal.length < length || (whole && postal.length > length)) return null;
  return key + postal.slice(0, length);
};

/** A value as keys have it; null: none that areas look at. */
export const keyOf = (value: FieldValue | undefined): string | null =>
  typeof value === 'string' ? fold(value) : null;

/** Every place an area names: its values of each field, combined. */
export const placesOf = (area: Area): readonly Place[] => {
  const asked = AREA_FIELDS.filter((field) => area[field] !== undefined);
  let combined: readonly Place['values'][] = [{}];
  for (const field of asked)
    combined = combined.flatMap((values) => area[field]!.map((value) => ({ ...values, [field]: value })));
  const fields = asked.filter((field) => field !== 'postal');
  return combined.map((values) => placeOf(values, fields));
};

const placeOf = (values: Place['values'], fields: readonly AreaField[]): Place => {
  const code = values.postal ?? '';
  const postal = postalKey(code.replace('*', ''));
  const shape = { fields, length: postal.length, whole: code !== '' && !code.endsWith('*') };
  return { shape, key: keyIn(shape, (field) => keyOf(values[field]), postal)!, values };
};

/**
 * Below zero when `a` is more specific: more of a postal code before less, a whole one before a beginning as long, then
 * who asks for the city, then the region, then the country.
 */
export const compareShapes = (a: Shape, b: Shape): number =>
  b.length - a.length || Number(b.whole) - Number(a.whole) || rankOf(b) - rankOf(a);

const rankOf = ({ fields }: Shape): number =>
  fields.reduce((rank, field) => rank + 2 ** AREA_FIELDS.indexOf(field), 0);
