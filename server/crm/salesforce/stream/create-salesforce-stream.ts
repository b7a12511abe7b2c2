import type { Type } from 'avsc';
import type { AccessTokens, ConnectionInfo } from '../../../assignments/ports.ts';
import type { ChangeStream, Listening, StreamEnd } from '../../connector.ts';
import { timedOut } from '../../failures.ts';
import type { Addresses } from '../addresses.ts';
import { VENDOR } from '../client.ts';
import { PUBSUB } from '../facts.ts';
import { parseSchema } from './change-event.ts';
import { type Caller, createPubSubClient, type FetchRequest, type PubSubClient } from './pubsub-client.ts';
import { type BatchParts, readBatch } from './read-batch.ts';
import { isAuthError, meaningOfEnd, notOffered } from './stream-end.ts';

export interface StreamParts {
  /** Where the Pub/Sub API is called. */
  readonly url: string;
  readonly addresses: Addresses;
  readonly tokens: AccessTokens;
  /** How long nothing, not even a sign of life, may come before the stream counts as broken. Milliseconds. */
  readonly silenceMs?: number;
}

/**
 * An org's changes to leads, from Change Data Capture over the Pub/Sub API. The cursor is the replay id in base64. What
 * was heard is kept before more is asked for, so that a crash repeats events and loses none.
 */
export const createSalesforceStream = (parts: StreamParts): ChangeStream => {
  const client = createPubSubClient(parts.url);
  const schemas = new Map<string, Promise<Type>>();
  const schemaOf = (caller: Caller, id: string): Promise<Type> => {
    const known = schemas.get(id);
    if (known !== undefined) return known;
    const asked = client.schema(caller, id).then(parseSchema);
    schemas.set(id, asked);
    // A failure is not remembered: the next stream asks again.
    asked.catch(() => schemas.delete(id));
    return asked;
  };
  const callerOf = async (connection: ConnectionInfo): Promise<Caller> => ({
    accessToken: await parts.tokens.get(connection.id),
    instanceUrl: parts.addresses.instance(connection),
    orgId: connection.externalId,
  });

  return {
    listen: async (connection, listening) => {
      const caller = await callerOf(connection);
      try {
        if (!(await client.canSubscribe(caller, PUBSUB.topic))) return notOffered('');
        const schema = (id: string) => schemaOf(caller, id);
        const batch = { connection, schema, sources: listening.sources };
        return await hold(client, caller, listening, batch, parts.silenceMs ?? PUBSUB.silenceMs);
      } catch (error) {
        if (listening.signal.aborted) return { kind: 'stopped' };
        if (isAuthError(error)) await parts.tokens.refused(connection.id, caller.accessToken);
        return meaningOfEnd(error);
      }
    },
  };
};

/** Holds one stream open. Throws gRPC's ServiceError. */
const hold = async (
  client: PubSubClient,
  caller: Caller,
  { cursor, keep, onOpen, signal }: Listening,
  batch: BatchParts,
  silenceMs: number,
): Promise<StreamEnd> => {
  const stream = client.subscribe(caller);
  // Errors reach the loop below; one that comes after it has ended must not end the process.
  stream.on('error', () => undefined);
  let silent = false;
  const cancel = () => stream.cancel();
  const watch = setTimeout(() => {
    silent = true;
    cancel();
  }, silenceMs);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    stream.write(firstRequest(cursor));
    onOpen();
    for await (const reply of stream) {
      watch.refresh();
      const response = reply as Parameters<typeof readBatch>[0];
      const heard = await readBatch(response, batch);
      await keep({ ...heard, cursor: cursorAfter(response) });
      if (response.events.length > 0) stream.write({ num_requested: response.events.length });
      if (signal.aborted) break;
    }
    return signal.aborted
      ? { kind: 'stopped' }
      : { kind: 'broken', error: new Error('Salesforce closed the stream.') };
  } catch (error) {
    if (silent) return { kind: 'broken', error: timedOut(VENDOR) };
    throw error;
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', cancel);
    cancel();
  }
};

const firstRequest = (cursor: string | null): FetchRequest => ({
  topic_name: PUBSUB.topic,
  num_requested: PUBSUB.atOnce,
  ...(cursor === null
    ? { replay_preset: 'LATEST' }
    : { replay_preset: 'CUSTOM', replay_id: Buffer.from(cursor, 'base64') }),
});

/** A sign of life brings a newer replay id too: one that is not kept would grow too old. */
const cursorAfter = ({ events, latest_replay_id }: Parameters<typeof readBatch>[0]): string | null => {
  const last = events.at(-1)?.replay_id ?? latest_replay_id;
  return last.length === 0 ? null : last.toString('base64');
};
