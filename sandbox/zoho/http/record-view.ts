import { type Org, tableOf } from '../org.ts';
import { ownerView } from '../records/write-rows.ts';
import type { FieldDef } from '../schema/field.ts';
import type { ModuleDef } from '../schema/modules.ts';
import { moduleNamed } from '../schema/modules.ts';
import type { Lookup, Row } from '../types.ts';

const lookupView = (org: Org, def: FieldDef, { id, module: named }: Lookup) => {
  if (def.data_type === 'ownerlookup') return ownerView(org, id);
  const module = moduleNamed(named ?? def.module ?? '', org);
  const name = module ? tableOf(org, module.api_name).get(id)?.[module.nameField] : undefined;
  return { name: String(name ?? ''), id };
};

/** A record as reads show it: the id and the fields asked for. */
export const recordView = (org: Org, module: ModuleDef, row: Row, fields: readonly string[]) => ({
  ...Object.fromEntries(
    module.fields
      .filter(({ api_name }) => fields.includes(api_name))
      .map((def) => {
        const value = row[def.api_name] ?? (def.data_type === 'boolean' ? false : null);
        const shown = typeof value === 'object' && value !== null ? lookupView(org, def, value) : value;
        return [def.api_name, shown];
      }),
  ),
  id: row.id,
});

/** What a write says of a row that went well. */
export const writtenView = (
  org: Org,
  row: Row,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
) => {
  const who = (value: unknown) => {
    const { name, id } = ownerView(org, (value as Lookup).id);
    return { name, id };
  };
  return {
    code: 'SUCCESS',
    ...more,
    details: {
      Modified_Time: row.Modified_Time,
      Modified_By: who(row.Modified_By),
      Created_Time: row.Created_Time,
      id: row.id,
      Created_By: who(row.Created_By),
    },
    message,
    status: 'success',
  };
};
