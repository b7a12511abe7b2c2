import { z } from 'zod';

/** What a notification says, as the use cases know it. It is a hint: the record is read again before anything is decided. */
export type ZohoEvent = { readonly dedupe: string } & (
  | {
      readonly kind: 'record_changed' | 'record_gone';
      readonly objectType: string;
      readonly recordId: string;
    }
  /** A user joined, left or was changed: the directory is read again. */
  | { readonly kind: 'people_changed' }
);

/** The body of a notification: ids only, and the token of the channel. One subscribes to `edit` and hears of `update`. */
export const notification = z.looseObject({
  token: z.string().nullish(),
  channel_id: z.string().optional(),
  module: z.string(),
  operation: z.string(),
  ids: z.array(z.string().regex(/^\d{1,20}$/)).max(1_000),
  /** Epoch milliseconds. */
  server_time: z.number().optional(),
});
export type Notification = z.infer<typeof notification>;

const OBJECT_TYPES: Readonly<Record<string, string>> = {
  leads: 'lead',
  contacts: 'contact',
  accounts: 'account',
  deals: 'deal',
};

/** One event per record; none for modules we have no use for. A repeated notification has the same keys. */
export const toEvents = ({
  module,
  operation,
  ids,
  server_time,
  channel_id,
}: Notification): readonly ZohoEvent[] => {
  const keyOf = (id: string) =>
    ['zoho', channel_id ?? '', module, operation, id, server_time ?? ''].join(':');
  if (module.toLowerCase() === 'users') return [{ kind: 'people_changed', dedupe: keyOf(ids.join(',')) }];
  const objectType = OBJECT_TYPES[module.toLowerCase()];
  if (objectType === undefined) return [];
  const kind = operation === 'delete' ? 'record_gone' : 'record_changed';
  return ids.map((recordId) => ({ kind, objectType, recordId, dedupe: keyOf(recordId) }));
};
