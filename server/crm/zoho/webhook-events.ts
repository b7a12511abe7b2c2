import { z } from 'zod';
import { asText } from '../as-text.ts';
import { TOUCHED_BY_OWNER_WRITES } from './facts.ts';
import { idIn } from './query.ts';

/** What a notification says, as the use cases know it. It is a hint: the record is read again before anything is decided. */
export type ZohoEvent = { readonly dedupe: string } & (
  | {
      readonly kind: 'record_changed' | 'record_gone';
      readonly objectType: string;
      readonly recordId: string;
    }
  /** The owner changed, and nothing else that could matter. `at`: when, in epoch ms. */
  | {
      readonly kind: 'owner_changed';
      readonly objectType: string;
      readonly recordId: string;
      readonly ownerId: string;
      readonly at: number;
    }
  /** A user joined, left or was changed: the directory is read again. */
  | { readonly kind: 'people_changed' }
);

/**
 * The body of a notification: ids, what changed of them, and the token of the channel. One subscribes to `edit` and hears
 * of `update`. Of values the owner is looked at and nothing kept.
 */
export const notification = z.looseObject({
  token: z.string().nullish(),
  channel_id: z.string().optional(),
  module: z.string(),
  operation: z.string(),
  ids: z.array(z.string().regex(/^\d{1,20}$/)).max(1_000),
  /** Epoch milliseconds. */
  server_time: z.number().optional(),
  affected_fields: z.array(z.record(z.string(), z.array(z.string()))).nullish(),
  affected_values: z
    .array(z.object({ record_id: z.string(), values: z.record(z.string(), z.unknown()) }))
    .nullish(),
});
export type Notification = z.infer<typeof notification>;

const OBJECT_TYPES: Readonly<Record<string, string>> = {
  leads: 'lead',
  contacts: 'contact',
  accounts: 'account',
  deals: 'deal',
};

/** One event per record; none for modules we have no use for. A repeated notification has the same keys. */
export const toEvents = (body: Notification): readonly ZohoEvent[] => {
  const { module, operation, ids, server_time, channel_id } = body;
  const keyOf = (id: string) =>
    ['zoho', channel_id ?? '', module, operation, id, server_time ?? ''].join(':');
  if (module.toLowerCase() === 'users') return [{ kind: 'people_changed', dedupe: keyOf(ids.join(',')) }];
  const objectType = OBJECT_TYPES[module.toLowerCase()];
  if (objectType === undefined) return [];
  const owners = operation === 'update' ? newOwnersIn(body) : new Map<string, string>();
  const kind = operation === 'delete' ? 'record_gone' : 'record_changed';
  return ids.map((recordId) => {
    const about = { objectType, recordId, dedupe: keyOf(recordId) };
    const ownerId = owners.get(recordId);
    return ownerId === undefined || server_time === undefined
      ? { kind, ...about }
      : { kind: 'owner_changed', ...about, ownerId, at: server_time };
  });
};

/** New owners, by record, where nothing changed that a write of an owner by us would not touch as well. */
const newOwnersIn = ({ affected_fields, affected_values }: Notification): ReadonlyMap<string, string> => {
  const touched = new Map((affected_fields ?? []).flatMap((one) => Object.entries(one)));
  return new Map(
    (affected_values ?? []).flatMap(({ record_id: id, values }) => {
      const owner = idIn(values.Owner) ?? asText(values.Owner);
      const fields = touched.get(id);
      const onlyOwner =
        fields?.includes('Owner') && fields.every((name) => TOUCHED_BY_OWNER_WRITES.has(name));
      return owner !== null && onlyOwner ? [[id, owner] as const] : [];
    }),
  );
};
