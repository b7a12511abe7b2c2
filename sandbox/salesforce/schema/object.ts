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

/** The system fields of objects that know no recycle bin. */
export const NO_RECYCLE_BIN = SYSTEM_FIELDS.map(({ name }) => name).filter((name) => name !== 'IsDeleted');

export const defineObject = (
  name: string,
  prefix: string,
  fields: readonly FieldDef[],
  more: {
    readonly label?: string;
    readonly writable?: boolean;
    readonly packaged?: boolean;
    /** Which of the system fields it has; unset: all. */
    readonly system?: readonly string[];
  } = {},
): ObjectDef => {
  const { system } = more;
  const all = [...SYSTEM_FIELDS.filter(({ name: one }) => system?.includes(one) ?? true), ...fields];
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
