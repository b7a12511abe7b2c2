import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { ChangedRecord, ChangeReader } from '../connector.ts';
import { ReadFailed } from '../failures.ts';
import { parseSource } from '../sources.ts';
import type { CallHubspot } from './client.ts';
import { CHANGED_PROPERTY } from './facts.ts';
import { findGone, takenIn } from './find-gone.ts';
import { type LookCursor, parseCursor, type TypeMark } from './look-cursor.ts';
import { firstMark, type SearchedType, searchChanged } from './search-changed.ts';

/** Pushes tell at once; what was lost of them is found this often. */
const EVERY_MS = 5 * 60_000;
/** Records that were deleted or merged do not show in a search: those of open leads are asked for this often. */
const GONE_EVERY_MS = 3_600_000;

/** What a look goes by. */
interface Look {
  readonly call: CallHubspot;
  readonly connection: ConnectionInfo;
  readonly now: number;
  readonly open: readonly RecordRef[];
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * Looks for what no push told: contacts, and leads and deals where the policy reads them, that are new or changed;
 * changed ones of other types where a lead stands on them; and records of open leads that are gone.
 */
export const createHubspotChanges = (call: CallHubspot): ChangeReader => ({
  everyMs: EVERY_MS,
  read: async (connection, { cursor, now, sources, openRecords }) => {
    const from = cursor === null ? null : parseCursor(cursor);
    const first = { types: { contact: firstMark(now) }, goneAt: now } satisfies LookCursor;
    if (from === null) return { records: [], cursor: JSON.stringify(first) };
    const look = { call, connection, now, sources, open: (await openRecords?.()) ?? [] };
    const changed = await lookForChanged(look, from);
    const due = now - from.goneAt >= GONE_EVERY_MS;
    const gone = due ? await lookForGone(look) : [];
    const next: LookCursor = { types: changed.types, goneAt: due ? now : from.goneAt };
    return { records: [...changed.records, ...gone], cursor: JSON.stringify(next) };
  },
});

/** Types whose new records may enter: those the policy reads fields of, and contacts. Companies only come along. */
const entering = ({ sources }: Look): ReadonlySet<string> => {
  const named = Object.values(sources).flatMap((source) => parseSource(source)?.objectType ?? []);
  return new Set(['contact', ...named.filter((type) => type === 'lead' || type === 'deal')]);
};

const lookForChanged = async (look: Look, from: LookCursor) => {
  const enter = entering(look);
  const inUse = new Set([...enter, ...look.open.map(({ objectType }) => objectType)]);
  const searched = [...inUse].filter((type): type is SearchedType => Object.hasOwn(CHANGED_PROPERTY, type));
  const types: Record<string, TypeMark> = { ...from.types };
  const records: ChangedRecord[] = [];
  for (const type of searched) {
    const found = await lookAtType(look, type, from.types[type] ?? from.types.contact ?? firstMark(look.now));
    if (found === null) continue;
    types[type] = found.next;
    const known = new Set(idsOf(look.open, type));
    records.push(...found.records.filter(({ ref }) => enter.has(type) || known.has(ref.recordId)));
  }
  return { types, records };
};

/** null: the account has no objects of this type, or does not let the app see them. Contacts every account has. */
const lookAtType = async (
  { call, connection, open, now }: Look,
  objectType: SearchedType,
  since: TypeMark,
) => {
  try {
    const { records, next } = await searchChanged(call, connection, objectType, { since, now });
    const ours = open.filter((ref) => ref.objectType === objectType);
    const changed = records.map((record) => ({
      ref: { connectionId: connection.id, objectType, recordId: record.id },
      stamp: record.properties[CHANGED_PROPERTY[objectType]] ?? '',
    }));
    return { records: [...changed, ...records.flatMap((record) => takenIn(record, ours))], next };
  } catch (error) {
    const refused = error instanceof ReadFailed && error.failure.kind === 'refused';
    if (refused && objectType !== 'contact') return null;
    throw error;
  }
};

const lookForGone = async ({ call, connection, open }: Look): Promise<readonly ChangedRecord[]> => {
  const types = [...new Set(open.map(({ objectType }) => objectType))];
  const found = await Promise.all(types.map((type) => findGone(call, connection, type, idsOf(open, type))));
  return found.flat();
};

const idsOf = (refs: readonly RecordRef[], type: string): readonly string[] =>
  refs.filter(({ objectType }) => objectType === type).map(({ recordId }) => recordId);
