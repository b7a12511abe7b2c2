import type { DeliveryResult } from '../../../assignments/ports.ts';
import type { RecordRef } from '../../../assignments/types.ts';
import { cutText } from '../../../routing/render/cut-text.ts';
import { asResult, DONE, recordGone } from '../../delivery/record-write.ts';
import { failureOfError } from '../../failures.ts';
import { valuesOf } from '../../sources.ts';
import { VENDOR } from '../client.ts';
import { PATHS, PLACEHOLDER, WRITE_HEADERS } from '../facts.ts';
import { toFailure } from '../failures.ts';
import type { Packaged } from '../packaged.ts';
import { listed, queryRows, type Row } from '../query.ts';
import { factsOf } from '../to-snapshot.ts';
import type { Ways } from '../write-collection.ts';

export interface FillWays extends Ways {
  readonly packaged: Packaged;
}

/** Writes values where the record has none; refused by Salesforce where it was changed since it was read, and tried again. */
export const fillLead = async (
  ref: RecordRef,
  values: Readonly<Record<string, string>>,
  ways: FillWays,
): Promise<DeliveryResult> => {
  const { api } = factsOf(ref.objectType);
  const writable = await ways.packaged.writable(ways.connection, api, ways.until);
  const given = Object.entries(valuesOf(ref.objectType, values)).flatMap(([name, value]) => {
    const field = writable?.get(name);
    return field?.createable && value !== ''
      ? [[name, field.length > 0 ? cutText(value, field.length) : value] as const]
      : [];
  });
  if (given.length === 0) return DONE;
  const names = given.map(([name]) => name);
  const [row] = await queryRows(ways.call, ways.connection, {
    soql: `SELECT Id, LastModifiedDate, ${[...new Set(names)].join(', ')} FROM ${api} WHERE Id IN ${listed([ref.recordId])}`,
    purpose: 'delivery',
    until: ways.until,
  });
  if (row === undefined) return recordGone(VENDOR);
  const missing = given.filter(([name]) => isEmpty(row[name]));
  return missing.length === 0 ? DONE : write(ref, api, row, Object.fromEntries(missing), ways);
};

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === PLACEHOLDER;

const write = async (
  { recordId }: RecordRef,
  api: string,
  { LastModifiedDate }: Row,
  body: Readonly<Record<string, string>>,
  { call, connection, until }: FillWays,
): Promise<DeliveryResult> => {
  try {
    const reply = await call(connection, {
      method: 'PATCH',
      path: PATHS.row(api, recordId),
      headers: { ...WRITE_HEADERS, 'If-Unmodified-Since': new Date(String(LastModifiedDate)).toUTCString() },
      body,
      purpose: 'delivery',
      until,
    });
    if (reply.status < 300) return DONE;
    if (reply.status === 412) return { outcome: 'retry', afterMs: null, code: 'changed_meanwhile' };
    return asResult(toFailure(reply));
  } catch (error) {
    return asResult(failureOfError(error));
  }
};
