import type { DeliveryResult } from '../../../assignments/ports.ts';
import type { RecordRef } from '../../../assignments/types.ts';
import { asResult, DONE, recordGone } from '../../delivery/record-write.ts';
import { failureOfError } from '../../failures.ts';
import { VENDOR } from '../client.ts';
import { PATHS } from '../facts.ts';
import { readBody } from '../failures.ts';
import { readOne } from '../read-many.ts';
import { anything, type PipedriveRecord } from '../shapes.ts';
import type { EntryLooks } from './find.ts';
import { sortValues, whereEmpty } from './values.ts';

/** Writes values onto a lead, its person and its organisation where these have none. */
export const fillLead = async (
  ref: RecordRef,
  values: Readonly<Record<string, string>>,
  looks: EntryLooks,
): Promise<DeliveryResult> => {
  try {
    return await fill(ref, values, looks);
  } catch (error) {
    return asResult(failureOfError(error));
  }
};

const fill = async (
  ref: RecordRef,
  values: Readonly<Record<string, string>>,
  looks: EntryLooks,
): Promise<DeliveryResult> => {
  const { lead, person, organization } = sortValues(values);
  const ways = {
    call: looks.call,
    purpose: 'delivery',
    ...(looks.until !== undefined && { until: looks.until }),
  } as const;
  const found = await readOne(looks.connection, 'lead', ref.recordId, ways);
  if (found === null) return recordGone(VENDOR);
  await change(PATHS.lead(ref.recordId), lead, found, looks);
  const parties = [
    { kind: 'person', id: found.person_id, path: PATHS.person, given: person },
    { kind: 'organization', id: found.organization_id, path: PATHS.organization, given: organization },
  ] as const;
  for (const { kind, id, path, given } of parties) {
    if (typeof id !== 'number' || Object.keys(given).length === 0) continue;
    const party = await readOne(looks.connection, kind, String(id), ways);
    if (party !== null) await change(path(String(id)), given, party, looks);
  }
  return DONE;
};

const change = async (
  path: string,
  values: Readonly<Record<string, unknown>>,
  record: PipedriveRecord,
  { call, connection, until }: EntryLooks,
): Promise<void> => {
  const body = whereEmpty(values, record);
  if (Object.keys(body).length === 0) return;
  const reply = await call(connection, {
    method: 'PATCH',
    path,
    body,
    purpose: 'delivery',
    ...(until !== undefined && { until }),
  });
  readBody(anything, reply);
};
