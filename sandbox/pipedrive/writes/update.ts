import type { Account } from '../account.ts';
import { badRequest } from '../errors.ts';
import { changeRow, rowOf, timeText } from '../rows.ts';
import type { Actor, ObjectName, Row, RowId, Values } from '../types.ts';
import { checkPointers } from './check.ts';
import { stored } from './insert.ts';

/** What else changes with these values. */
const along = (account: Account, object: ObjectName, before: Row, values: Values): Values => {
  const now = timeText(object, account.now());
  if (object === 'activity' && values.done === true && before.done !== true)
    return { marked_as_done_time: now };
  if (object === 'deal' && values.status !== undefined && values.status !== before.status)
    return {
      won_time: values.status === 'won' ? now : null,
      lost_time: values.status === 'lost' ? now : null,
      close_time: values.status === 'open' ? null : now,
    };
  return {};
};

/** Changes a thing. Throws PipedriveError 400 or 404. */
export const update = (account: Account, object: ObjectName, id: RowId, values: Values, by: Actor): Row => {
  const before = rowOf(account, object, id);
  checkPointers(account, values);
  const change = stored(object, values);
  const after = { ...before, ...change };
  if (object === 'lead' && after.person_id === null && after.organization_id === null)
    throw badRequest('A lead must be associated with either a person or an organization');
  const custom = change.custom_fields as Values | undefined;
  return changeRow(
    account,
    object,
    id,
    {
      ...change,
      ...(custom && { custom_fields: { ...(before.custom_fields as Values), ...custom } }),
      ...along(account, object, before, change),
    },
    by,
  );
};
