import type { DeliveryResult } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import type { EntryWays } from '../connector.ts';
import { asResult, DONE, recordGone } from '../delivery/record-write.ts';
import { failureOfError } from '../failures.ts';
import { parseSource } from '../sources.ts';
import type { CallZoho } from './client.ts';
import { convertLeads } from './convert-leads.ts';
import { createLeads, type EntryParts } from './create-leads.ts';
import { BATCH_LIMIT, CONVERTED_FIELD, PATHS } from './facts.ts';
import { VENDOR } from './failures.ts';
import type { FieldCatalog } from './fields.ts';
import { findPeople } from './find-people.ts';
import { readRecords } from './read-records.ts';
import { factsOf } from './to-snapshot.ts';
import { typedValues } from './typed-values.ts';
import { writeRows } from './write-rows.ts';

/** How leads that come in elsewhere enter Zoho: as leads. */
export const createZohoEntry = (
  call: CallZoho,
  { fields, clock }: { readonly fields: FieldCatalog; readonly clock: Clock },
): EntryWays => ({
  objectType: 'lead',
  batchLimit: BATCH_LIMIT,
  find: (connection, people) => findPeople(call, connection, people),
  create: async (connection, records, until) => {
    try {
      return await createLeads(records, { call, connection, until, fields });
    } catch (error) {
      const result = asResult(failureOfError(error));
      return records.map(() => ({ kind: 'failed', result }));
    }
  },
  fill: async (connection, ref, values, until) => {
    try {
      return await fillEmpty(ref, values, { call, connection, until, fields });
    } catch (error) {
      return asResult(failureOfError(error));
    }
  },
  convert: (connection, leads, until) => convertLeads(leads, { call, connection, until, clock }),
});

/** Values that are kept on the record itself; `Leads.Country` is as good as `Lead.Country`. */
const ownOf = (
  objectType: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).filter(([source]) =>
      [objectType, `${objectType}s`].includes(parseSource(source)?.objectType ?? ''),
    ),
  );

/** Writes what the record lacks, and nothing over what it has. */
const fillEmpty = async (
  { objectType, recordId }: Parameters<EntryWays['fill']>[1],
  values: Readonly<Record<string, string>>,
  ways: EntryParts,
): Promise<DeliveryResult> => {
  const { module, converts } = factsOf(objectType);
  const known = await ways.fields.of(ways.connection, module, ways.until);
  const wanted = typedValues(ownOf(objectType, values), known);
  const names = Object.keys(wanted);
  if (names.length === 0) return DONE;
  const found = await readRecords(ways.call, ways.connection, {
    module,
    ids: [recordId],
    fields: [...names, ...(converts ? [CONVERTED_FIELD] : [])],
    purpose: 'delivery',
    until: ways.until,
  });
  const row = found.get(recordId);
  if (row === undefined || row[CONVERTED_FIELD] === true) return recordGone(VENDOR);
  const lacking = Object.entries(wanted).filter(([name]) => (row[name] ?? '') === '');
  if (lacking.length === 0) return DONE;
  const [result] = await writeRows(
    [Object.fromEntries(lacking)],
    { method: 'PUT', path: PATHS.records(module), toRow: (given) => ({ id: recordId, ...given }) },
    ways,
  );
  return asResult(result?.outcome ?? { kind: 'unknown' });
};
