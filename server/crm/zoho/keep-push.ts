import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import type { PushTarget } from '../connector.ts';
import { ReadFailed } from '../failures.ts';
import type { CallZoho } from './client.ts';
import { NOT_SUBSCRIBED, PATHS, RENEW_MS, WATCH_MS, WATCHED } from './facts.ts';
import { meaningOf, readBody, VENDOR, zohoError } from './failures.ts';

const listed = z.object({
  watch: z.array(
    z.object({
      channel_id: z.coerce.string(),
      events: z.array(z.string()),
      notify_url: z.string().nullish(),
      token: z.string().nullish(),
      channel_expiry: z.string().nullish(),
      return_affected_field_values: z.boolean().nullish(),
    }),
  ),
});
type Listed = z.infer<typeof listed>['watch'];

const results = z.object({
  watch: z.array(z.union([z.object({ status: z.literal('success') }), zohoError])),
});

/** Where notifications of a connection come. Its id travels in the address: a token holds only fifty characters. */
export const NOTIFICATIONS_PATH = '/zoho/notifications';

/** The same for a connection for ever, so that its channel is found again: a number of at most eighteen digits. */
const channelIdOf = ({ id }: ConnectionInfo): string =>
  String(createHash('sha256').update(`zoho|${id}`).digest().readBigUInt64BE() % 10n ** 18n);

/**
 * Keeps one channel per connection alive: made where there is none, replaced where it differs or nears its end. Zoho
 * lets a channel live a week at most, and ends it without a word. `drop` ends it.
 */
export const createPushKeeper = (
  call: CallZoho,
  { push, clock }: { readonly push: PushTarget; readonly clock: Clock },
) => {
  const wantedOf = (connection: ConnectionInfo) => ({
    channel_id: channelIdOf(connection),
    events: WATCHED,
    notify_url: `${push.origin()}${NOTIFICATIONS_PATH}?connection=${connection.id}`,
    token: push.secretOf(connection.id),
    channel_expiry: `${new Date(clock.now() + WATCH_MS).toISOString().slice(0, 19)}+00:00`,
    // Changes of related records are no news.
    notify_on_related_action: false,
    // Whom a record was given to says whether that was us, without a read of it.
    return_affected_field_values: true,
  });
  type Wanted = ReturnType<typeof wantedOf>;

  const stands = (wanted: Wanted, found: Listed): boolean => {
    const events = new Set(found.flatMap((one) => one.events));
    return (
      WATCHED.every((event) => events.has(event)) &&
      found.every(
        ({ notify_url, token, channel_expiry, return_affected_field_values }) =>
          return_affected_field_values !== false &&
          notify_url === wanted.notify_url &&
          (token ?? wanted.token) === wanted.token &&
          Date.parse(channel_expiry ?? '') - clock.now() > RENEW_MS,
      )
    );
  };

  const ask = async (connection: ConnectionInfo, wanted: Wanted, method: 'POST' | 'PUT'): Promise<void> => {
    const reply = await call(connection, {
      method,
      path: PATHS.watch,
      body: { watch: [wanted] },
      purpose: 'background',
    });
    const refusal = readBody(results, reply)?.watch.find((one) => 'code' in one);
    if (refusal !== undefined) throw new ReadFailed(VENDOR, meaningOf(refusal));
  };

  const keep = async (connection: ConnectionInfo): Promise<void> => {
    const wanted = wantedOf(connection);
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.watch,
      query: { channel_id: wanted.channel_id },
      purpose: 'background',
    });
    const found = (readBody(listed, reply)?.watch ?? []).filter(
      ({ channel_id }) => channel_id === wanted.channel_id,
    );
    if (found.length === 0) await ask(connection, wanted, 'POST');
    else if (!stands(wanted, found)) await ask(connection, wanted, 'PUT');
  };

  const drop = async (connection: ConnectionInfo): Promise<void> => {
    const reply = await call(connection, {
      method: 'DELETE',
      path: PATHS.watch,
      query: { channel_ids: channelIdOf(connection) },
      purpose: 'background',
    });
    const refusal = readBody(results, reply)?.watch.find((one) => 'code' in one);
    // One that is not there has ended before.
    if (refusal !== undefined && refusal.code !== NOT_SUBSCRIBED)
      throw new ReadFailed(VENDOR, meaningOf(refusal));
  };

  return { keep, drop };
};
