import { convertedRecord, invalidRowId, ZohoError } from '../errors.ts';
import { fullName, type Org, tableOf, type ZohoUser } from '../org.ts';
import type { ModuleDef } from '../schema/modules.ts';
import type { Input, Row, Value, Values } from '../types.ts';
import { checkMandatory, checkValues } from './check-values.ts';
import { knownModule, noteChange, nowText, type WriteContext } from './context.ts';
import { admitOwner, ownerOf, ruleTakes } from './owner-automation.ts';

const same = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);

const withFullName = (module: ModuleDef, values: Values): Values =>
  module.nameField === 'Full_Name'
    ? {
        ...values,
        Full_Name: fullName({
          first_name: String(values.First_Name ?? ''),
          last_name: String(values.Last_Name ?? ''),
        }),
      }
    : values;

/** The record with that value in a field whose values are unique; undefined: none. */
const clash = (org: Org, module: ModuleDef, values: Values, own: string | null): Row | undefined => {
  const unique = module.fields.filter((field) => field.unique).map(({ api_name }) => api_name);
  if (module.api_name === 'Leads' && org.automation.uniqueEmail) unique.push('Email');
  const names = unique.filter((name) => (values[name] ?? null) !== null);
  if (names.length === 0) return undefined;
  return [...tableOf(org, module.api_name).values()].find(
    (row) => row.id !== own && names.some((name) => row[name] === values[name]),
  );
};

const checkUnique = (org: Org, module: ModuleDef, values: Values, own: string | null, row: number): void => {
  const other = clash(org, module, values, own);
  if (!other) return;
  const name = module.fields.find(({ unique, api_name }) => unique && other[api_name] === values[api_name]);
  throw new ZohoError('DUPLICATE_DATA', 'duplicate data', {
    api_name: name?.api_name ?? 'Email',
    json_path: `$.data[${row}].${name?.api_name ?? 'Email'}`,
    duplicate_record: {
      id: other.id,
      Owner: ownerView(org, ownerOf(other)),
      module: { api_name: module.api_name },
    },
  });
};

/** A user as lookups show them. */
export const ownerView = (org: Org, id: string) => {
  const user: ZohoUser | undefined = org.users.get(id);
  return { name: user ? fullName(user) : '', id, email: user?.email ?? '' };
};

/** Stores what changed; the org's own rule may give it to somebody else at once. */
const store = (context: WriteContext, module: ModuleDef, before: Row | null, after: Row): Row => {
  const { org } = context;
  const fields = Object.keys(after).filter(
    (name) => !name.startsWith('Modified_') && !same(before?.[name] ?? null, after[name] ?? null),
  );
  tableOf(org, module.api_name).set(after.id, after);
  if (before && fields.includes('Owner'))
    org.ownerChanges.push({
      recordId: after.id,
      ownerId: ownerOf(after),
      at: org.now(),
      via: context.actor.via,
    });
  noteChange(context, {
    module: module.api_name,
    id: after.id,
    operation: before ? 'update' : 'insert',
    fields,
  });
  const owner = ruleTakes(context, module.api_name, after, before === null);
  if (owner === null) return after;
  const automated = { ...context, actor: { userId: owner, via: 'automation', client: null } as const };
  return store(automated, module, after, { ...after, Owner: { id: owner } });
};

/** Creates a record. Throws ZohoError. */
export const insertRow = (context: WriteContext, moduleName: string, input: Input, row = 0): Row => {
  const { org, actor } = context;
  const module = knownModule(org, moduleName);
  context.rowFault(moduleName, null);
  const values = withFullName(module, checkValues(org, module, input, row));
  checkMandatory(module, values, row);
  checkUnique(org, module, values, null, row);
  const owner = values.Owner as { id: string } | null | undefined;
  const ownerId = admitOwner(context, moduleName, owner?.id ?? actor.userId);
  const time = nowText(org);
  return store(context, module, null, {
    ...(moduleName === 'Leads' && { Converted__s: false }),
    ...values,
    id: org.ids.next(),
    Owner: { id: ownerId },
    Created_By: { id: actor.userId },
    Modified_By: { id: actor.userId },
    Created_Time: time,
    Modified_Time: time,
  });
};

/** Changes a record. Throws ZohoError: INVALID_DATA for an id that is none, CONVERTED_RECORD, RECORD_LOCKED. */
export const updateRow = (
  context: WriteContext,
  moduleName: string,
  id: string,
  input: Input,
  row = 0,
): Row => {
  const { org, actor } = context;
  const module = knownModule(org, moduleName);
  const before = tableOf(org, moduleName).get(id);
  if (!before) throw invalidRowId(row);
  if (before.Converted__s === true) throw convertedRecord(id);
  if (before.Locked__s === true)
    throw new ZohoError('RECORD_LOCKED', 'The record under merge is locked', { id });
  context.rowFault(moduleName, id);
  const values = checkValues(org, module, input, row);
  checkMandatory(module, { ...before, ...values }, row);
  checkUnique(org, module, values, id, row);
  const asked = values.Owner as { id: string } | null | undefined;
  const changesOwner = asked && asked.id !== ownerOf(before);
  const ownerId = changesOwner ? admitOwner(context, moduleName, asked.id) : ownerOf(before);
  return store(context, module, before, {
    ...before,
    ...withFullName(module, { ...before, ...values }),
    id,
    Owner: { id: ownerId },
    Modified_By: { id: actor.userId },
    Modified_Time: nowText(org),
  });
};

/** Writes fields callers may not: of conversions, locks. */
export const putRow = (context: WriteContext, moduleName: string, after: Row): Row =>
  store(
    context,
    knownModule(context.org, moduleName),
    tableOf(context.org, moduleName).get(after.id) ?? null,
    {
      ...after,
      Modified_By: { id: context.actor.userId },
      Modified_Time: nowText(context.org),
    },
  );
