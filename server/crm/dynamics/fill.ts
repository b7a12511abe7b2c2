import type { DeliveryResult } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import { asResult, DONE, recordGone } from '../delivery/record-write.ts';
import { VENDOR } from './client.ts';
import { columnValues } from './column-values.ts';
import type { Columns } from './columns.ts';
import { TAG } from './facts.ts';
import { toFailure } from './failures.ts';
import { asGuid } from './ids.ts';
import { readBody, row } from './query.ts';
import type { Ways } from './send-batches.ts';

/** How often a lead is looked at again that somebody saves at the same moment. */
const MOST_ROUNDS = 3;

/** Writes values onto a lead where it has none, on the condition that they are still missing. */
export const fillLead = async (
  { recordId }: RecordRef,
  values: Readonly<Record<string, string>>,
  { call, connection, columns, until }: Ways & { readonly columns: Columns },
): Promise<DeliveryResult> => {
  const wanted = columnValues(values, await columns.of(connection, 'lead', until));
  const names = Object.keys(wanted);
  const options = { purpose: 'delivery', until } as const;
  for (let round = 0; round < MOST_ROUNDS && names.length > 0; round++) {
    const query = { $select: names.join(',') };
    const read = await call(connection, {
      ...options,
      method: 'GET',
      path: `leads(${asGuid(recordId)})`,
      query,
    });
    if (read.status === 404) return recordGone(VENDOR);
    const found = readBody(row, read);
    const missing = Object.entries(wanted).filter(([name]) => (found[name] ?? '') === '');
    if (missing.length === 0) return DONE;
    const reply = await call(connection, {
      ...options,
      method: 'PATCH',
      path: `leads(${asGuid(recordId)})`,
      query: { tag: TAG },
      headers: { 'if-match': String(found['@odata.etag']) },
      body: Object.fromEntries(missing),
    });
    if (reply.status < 300) return DONE;
    if (reply.status !== 412) return asResult(toFailure(reply));
  }
  return names.length === 0 ? DONE : { outcome: 'retry', afterMs: null, code: 'record_changed' };
};
