import type { Account } from '../account.ts';
import { badRequest } from '../errors.ts';
import { changeRow, removeRow, rowOf } from '../rows.ts';
import type { Actor, ObjectName, Row, RowId, Values } from '../types.ts';

const MERGEABLE = ['person', 'organization', 'deal'] as const;
type Mergeable = (typeof MERGEABLE)[number];

/** How each kind is named where others point at it. */
const POINTS: Readonly<Record<Mergeable, readonly string[]>> = {
  person: ['person_id'],
  organization: ['organization_id', 'org_id'],
  deal: ['deal_id'],
};

const isMergeable = (object: ObjectName): object is Mergeable => MERGEABLE.some((one) => one === object);

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What the one that lives on lacks and the other has. */
const filled = (survivor: Row, gone: Row): Values =>
  Object.fromEntries(
    Object.entries(gone).filter(([name, value]) => isEmpty(survivor[name]) && !isEmpty(value)),
  );

/**
 * Merges two things of a kind: `survivorId` lives on and counts where both have a value; what pointed at the other
 * points at it. Leads cannot be merged in Pipedrive. Throws PipedriveError 400 or 404.
 */
export const mergeRows = (
  account: Account,
  object: ObjectName,
  survivorId: RowId,
  goneId: RowId,
  by: Actor,
): Row => {
  if (!isMergeable(object)) throw badRequest('Only persons, organizations and deals can be merged');
  const [survivor, gone] = [rowOf(account, object, survivorId), rowOf(account, object, goneId)];
  if (survivor.id === gone.id) throw badRequest('Cannot merge with itself');
  for (const [kind, table] of Object.entries(account.tables) as [ObjectName, Map<string, Row>][])
    for (const row of table.values())
      for (const name of POINTS[object])
        if (row[name] === gone.id) changeRow(account, kind, row.id, { [name]: survivor.id }, by);
  removeRow(account, object, gone.id, by, { mergedTo: survivor.id });
  return changeRow(account, object, survivor.id, filled(survivor, gone), by, { mergedFrom: gone.id });
};
