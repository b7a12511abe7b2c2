import avro, { type Type, type types } from 'avsc';

/**
 * The fields that bitmaps of a change event name. `0x1f` holds one bit per field of the event's schema, the lowest bit
 * its first field; `3-0x05` the same for the parts of the compound field at place 3, which come back as `Name.LastName`.
 * null: a bitmap that does not fit the schema.
 */
export const fieldsOfBitmaps = (schema: Type, bitmaps: readonly string[]): readonly string[] | null => {
  const fields = fieldsOf(schema);
  if (fields === null) return null;
  const names = bitmaps.map((bitmap) => {
    const nested = /^(\d+)-(0x[0-9a-f]+)$/i.exec(bitmap);
    if (nested === null) return namesAt(fields, bitmap);
    const parent = fields[Number(nested[1])];
    const parts = parent && fieldsOf(parent.type);
    return parts ? (namesAt(parts, nested[2]!)?.map((name) => `${parent.name}.${name}`) ?? null) : null;
  });
  return names.includes(null) ? null : names.flatMap((each) => each ?? []);
};

type Field = Pick<types.Field, 'name' | 'type'>;

/** The fields of a record, also of one that may be absent. */
const fieldsOf = (type: Type): readonly Field[] | null => {
  if (type instanceof avro.types.RecordType) return type.fields;
  if (!('types' in type)) return null;
  const record = (type as types.UnwrappedUnionType).types.find((one) => one instanceof avro.types.RecordType);
  return record === undefined ? null : fieldsOf(record);
};

const namesAt = (fields: readonly Field[], bitmap: string): readonly string[] | null => {
  if (!/^0x[0-9a-f]+$/i.test(bitmap)) return null;
  const bits = BigInt(bitmap);
  // A bit beyond the last field is of another schema than this one.
  if (bits >> BigInt(fields.length)) return null;
  return fields.filter((_, place) => (bits >> BigInt(place)) & 1n).map(({ name }) => name);
};
