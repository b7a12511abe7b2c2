import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import { asText } from '../as-text.ts';
import type { Entered, NewRecord } from '../connector.ts';
import { asResult } from '../delivery/record-write.ts';
import { KEY_FIELD, PATHS, QUIET } from './facts.ts';
import { type FieldCatalog, type FieldInfo, hasKeyField, hasReasonFields } from './fields.ts';
import { findPeople } from './find-people.ts';
import { makeNotes } from './notes.ts';
import { inParts, listed, queryRows } from './query.ts';
import { reasonValues } from './reason-values.ts';
import { typedValues } from './typed-values.ts';
import { type RowResult, type Ways, writeRows } from './write-rows.ts';

export type Wanted = NewRecord & { readonly mayExist: boolean };

export interface EntryParts extends Ways {
  readonly connection: ConnectionInfo;
  readonly fields: FieldCatalog;
}

type Fields = ReadonlyMap<string, FieldInfo>;
const MODULE = 'Leads';

/**
 * Creates leads with their owner, by upserts: where the org has the field for our key a second try finds the lead of
 * the first; else the e-mail address is what a lead is known by, and one that stands already is left as it is.
 */
export const createLeads = async (
  records: readonly Wanted[],
  ways: EntryParts,
): Promise<readonly Entered[]> => {
  const fields = await ways.fields.of(ways.connection, MODULE, ways.until);
  const there = await findEntered(records, fields, ways);
  const missing = records.filter((record) => !there.has(record));
  const results = await upsert(missing, fields, ways);
  const doubtful = missing.filter((_, index) => results[index]?.outcome.kind === 'unknown');
  const found = doubtful.length === 0 ? new Map() : await findByKey(doubtful, fields, ways);
  const entered = new Map(
    missing.map((record, index) => [record, toEntered(results[index]!, found.get(record), ways.connection)]),
  );
  if (!hasReasonFields(fields)) await noteReasons(entered, ways);
  return records.map((record) => {
    const ref = there.get(record);
    return ref === undefined ? entered.get(record)! : { kind: 'entered', ref, existed: true };
  });
};

const refOf = ({ id }: ConnectionInfo, recordId: string): RecordRef => ({
  connectionId: id,
  objectType: 'lead',
  recordId,
});

/** Those that stand there already. */
const findEntered = async (
  records: readonly Wanted[],
  fields: Fields,
  ways: EntryParts,
): Promise<ReadonlyMap<Wanted, RecordRef>> => {
  if (hasKeyField(fields))
    return findByKey(
      records.filter(({ mayExist }) => mayExist),
      fields,
      ways,
    );
  // An upsert by e-mail would write over whoever has it.
  const people = records.map(({ person: { email } }) => ({ email, phone: null }));
  const refs = await findPeople(ways.call, ways.connection, people, ways.until);
  return new Map(records.flatMap((record, index) => (refs[index] ? [[record, refs[index]] as const] : [])));
};

const findByKey = async (
  records: readonly Wanted[],
  fields: Fields,
  { call, connection, until }: EntryParts,
): Promise<ReadonlyMap<Wanted, RecordRef>> => {
  if (records.length === 0 || !hasKeyField(fields)) return new Map();
  const ids = new Map<string, string>();
  for (const keys of inParts(records.map(({ key }) => key))) {
    const query = `select ${KEY_FIELD} from ${MODULE} where ${KEY_FIELD} in ${listed(keys)}`;
    for (const row of await queryRows(call, connection, { query, purpose: 'delivery', until }))
      ids.set(asText(row[KEY_FIELD]) ?? '', asText(row.id) ?? '');
  }
  return new Map(
    records.flatMap((record) => {
      const id = ids.get(record.key);
      return id === undefined ? [] : [[record, refOf(connection, id)] as const];
    }),
  );
};

const upsert = (
  records: readonly Wanted[],
  fields: Fields,
  ways: EntryParts,
): Promise<readonly RowResult[]> =>
  writeRows(
    records,
    {
      method: 'POST',
      path: PATHS.upsert(MODULE),
      more: { ...QUIET, duplicate_check_fields: [hasKeyField(fields) ? KEY_FIELD : 'Email'] },
      toRow: (record) => toRow(record, fields),
    },
    ways,
  );

const toRow = ({ key, person, values, ownerId, decision }: Wanted, fields: Fields) => ({
  ...personValues(person),
  ...typedValues(values, fields),
  ...(ownerId !== null && { Owner: { id: ownerId } }),
  ...(hasReasonFields(fields) && reasonValues(decision)),
  ...(hasKeyField(fields) && { [KEY_FIELD]: key }),
});

/** A lead needs a last name: a single name is one, and who has none is known by company or address. */
const personValues = ({ name, company, email, phone, source, message }: NewRecord['person']) => {
  const words = (name ?? '').trim().split(/\s+/).filter(Boolean);
  const last = words.pop() ?? company ?? email ?? phone ?? '[not provided]';
  return {
    Last_Name: cutText(last, 80),
    ...(words.length > 0 && { First_Name: cutText(words.join(' '), 40) }),
    ...(company !== null && { Company: cutText(company, 200) }),
    ...(email !== null && { Email: email }),
    ...(phone !== null && { Phone: cutText(phone, 30) }),
    ...(source !== null && { Lead_Source: cutText(source, 120) }),
    ...(message !== null && { Description: cutText(message, 32_000) }),
  };
};

const toEntered = (result: RowResult, found: RecordRef | undefined, connection: ConnectionInfo): Entered => {
  if (found !== undefined) return { kind: 'entered', ref: found, existed: true };
  const { outcome, id, existed } = result;
  if (id !== null && (outcome.kind === 'written' || existed))
    return { kind: 'entered', ref: refOf(connection, id), existed };
  return { kind: 'failed', result: asResult(outcome.kind === 'written' ? { kind: 'unknown' } : outcome) };
};

/** Where the org has no fields for the reason; a note that fails takes no lead back. */
const noteReasons = async (entered: ReadonlyMap<Wanted, Entered>, ways: EntryParts): Promise<void> => {
  const notes = [...entered].flatMap(([{ decision }, one]) =>
    one.kind === 'entered' && !one.existed ? [{ record: one.ref, decision, mayExist: false }] : [],
  );
  await makeNotes(notes, ways);
};
