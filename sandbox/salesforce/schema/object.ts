import { type FieldDef, SYSTEM_FIELDS } from './field.ts';

/** A kind of record: its key prefix and its fields. */
export interface ObjectDef {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly prefix: string;
  readonly fields: readonly FieldDef[];
  /** By name in lower case: names are matched without case. */
  readonly byName: ReadonlyMap<string, FieldDef>;
  /** What is written by people and programs; histories and the like are not. */
  readonly writable: boolean;
  readonly packaged: boolean;
}

export const defineObject = (
  name: string,
  prefix: string,
  fields: readonly FieldDef[],
  more: { readonly label?: string; readonly writable?: boolean; readonly packaged?: boolean } = {},
): ObjectDef => {
  const all = [...SYSTEM_FIELDS, ...fields];
  const label = more.label ?? name;
  return {
    name,
    label,
    labelPlural: `${label}s`,
    prefix,
    fields: all,
    byName: new Map(all.map((field) => [field.name.toLowerCase(), field])),
    writable: more.writable ?? true,
    packaged: more.packaged ?? false,
  };
};
