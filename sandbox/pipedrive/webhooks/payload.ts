import { type Account, maySee } from '../account.ts';
import type { Change, Row } from '../types.ts';
import type { Webhook } from './webhook.ts';

/** What is posted. Ids in `meta` are text, those in `data` are as the API has them. */
export interface Payload {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly previous: unknown;
}

/** Fields that differ, with the values they had. */
const previousOf = ({ action, before, after }: Change): unknown => {
  if (action === 'create' || before === null) return null;
  if (after === null) return before;
  return Object.fromEntries(
    Object.entries(before).filter(
      ([name, value]) => name !== 'id' && JSON.stringify(after[name]) !== JSON.stringify(value),
    ),
  );
};

/** A deal's own webhook does not say which lead it was. */
const dataOf = ({ object, after }: Change): unknown => {
  if (after === null || object !== 'deal') return after;
  const { source_lead_id: _, ...data } = after;
  return data;
};

const seenBy = (account: Account, row: Row): readonly string[] =>
  [...account.tables.user.values()]
    .filter((user) => user.active_flag === true && maySee(account, Number(user.id), row))
    .map(({ id }) => String(id));

/** One change as a registration hears of it; null: its user may not see the thing. */
export const payloadFor = (
  account: Account,
  change: Change,
  { view }: Webhook,
  event: { readonly id: string; readonly at: number; readonly host: string },
): Payload | null => {
  const row = change.after ?? change.before;
  if (row === null || !maySee(account, view.user_id, row)) return null;
  const { mergedTo, mergedFrom } = change;
  return {
    meta: {
      action: change.action,
      entity: change.object,
      company_id: String(account.id),
      correlation_id: event.id,
      entity_id: String(change.id),
      id: event.id,
      is_bulk_edit: false,
      timestamp: new Date(event.at).toISOString(),
      type: view.type,
      user_id: String(change.by.userId),
      version: view.version,
      webhook_id: String(view.id),
      webhook_owner_id: String(view.owner_id),
      change_source: change.by.via,
      attempt: 1,
      host: event.host,
      permitted_user_ids: seenBy(account, row),
      ...(mergedTo !== undefined && { merged_to_id: String(mergedTo) }),
      ...(mergedFrom !== undefined && { merged_from_id: String(mergedFrom) }),
    },
    data: dataOf(change),
    previous: previousOf(change),
  };
};
