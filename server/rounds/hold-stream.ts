import type { Policies } from '../assignments/directory-ports.ts';
import type { Alerts, ConnectionInfo } from '../assignments/ports.ts';
import type { ChangeStream, Heard, StreamEnd } from '../crm/connector.ts';
import type { Inbox } from '../inbox/create-inbox.ts';
import type { PollMarks } from './poll-marks.ts';
import { readSources } from './read-sources.ts';

export interface HoldParts {
  readonly policies: Pick<Policies, 'live'>;
  readonly marks: PollMarks;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly alerts: Alerts;
  /** Has a connection looked through now. */
  readonly lookNow: (connectionId: string) => void;
}

/** An operator sees why changes come late, and what to switch on. */
const ALERT = 'change_stream_off';

/** Where a connection's stream goes on, beside where looking does. */
const markOf = ({ id }: ConnectionInfo): string => `stream:${id}`;

/**
 * Holds one connection's stream until it ends. What is heard becomes rows of the inbox before the vendor's cursor is
 * kept, so that a crash repeats events and loses none. `onHeard`: something came, `events` of it changes.
 */
export const holdStream = async (
  connection: ConnectionInfo,
  stream: ChangeStream,
  parts: HoldParts,
  { signal, onHeard }: { readonly signal: AbortSignal; readonly onHeard: (events: number) => void },
): Promise<StreamEnd> => {
  const { alerts, marks, policies, lookNow } = parts;
  const cursor = await marks.read(markOf(connection));
  let lives = false;
  const end = await stream.listen(connection, {
    cursor,
    signal,
    sources: () => readSources(connection, policies),
    onOpen: () => {
      // It tells of what happens from now on: what happened before is found by looking.
      if (cursor === null) lookNow(connection.id);
    },
    keep: async (heard) => {
      await keepHeard(connection, heard, parts);
      if (!lives) await alerts.close(connection.tenantId, ALERT, connection.id);
      lives = true;
      onHeard(heard.events);
    },
  });
  if (end.kind === 'cursor_lost') await marks.forget(markOf(connection));
  if (end.kind === 'unavailable')
    await alerts.open(connection.tenantId, {
      kind: ALERT,
      subject: connection.id,
      detail: { code: end.code, text: end.remedy },
    });
  return end;
};

const keepHeard = async (
  connection: ConnectionInfo,
  { records, cursor, incomplete }: Heard,
  { inbox, marks, lookNow }: HoldParts,
): Promise<void> => {
  const rows = records.map(({ ref, key }) => ({
    connectionId: connection.id,
    kind: 'record_changed',
    dedupe: `stream/${connection.id}/${key}`,
    payload: { kind: 'record_changed', objectType: ref.objectType, recordId: ref.recordId },
  }));
  if (rows.length > 0) await inbox.put(rows);
  if (incomplete) lookNow(connection.id);
  if (cursor !== null) await marks.write(markOf(connection), cursor);
};
