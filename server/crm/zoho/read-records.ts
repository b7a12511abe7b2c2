import { asText } from '../as-text.ts';
import type { Purpose } from './budget.ts';
import type { CallZoho, Org } from './client.ts';
import { BATCH_LIMIT, FIELDS_LIMIT, PAGE, PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { type Row, rows } from './query.ts';

export interface Reading {
  readonly module: string;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  readonly purpose: Purpose;
  readonly until?: number;
}

const isId = (text: string): boolean => /^\d{5,20}$/.test(text);

/**
 * Records by id, converted ones too; those that are no more are not among them. A hundred to a call, and fifty fields:
 * with more of either it takes several. Throws AppError.
 */
export const readRecords = async (
  call: CallZoho,
  org: Org,
  reading: Reading,
): Promise<ReadonlyMap<string, Row>> => {
  // One id that is none would have the whole call refused.
  const ids = [...new Set(reading.ids)].filter(isId);
  const found = new Map<string, Row>();
  for (const idPart of parts(ids, BATCH_LIMIT))
    for (const fields of parts([...new Set(reading.fields)], FIELDS_LIMIT))
      for (const row of await readPart(call, org, { ...reading, ids: idPart, fields })) {
        const id = asText(row.id) ?? '';
        found.set(id, { ...found.get(id), ...row });
      }
  return found;
};

const readPart = async (
  call: CallZoho,
  org: Org,
  { module, ids, fields, purpose, until }: Reading,
): Promise<readonly Row[]> => {
  const reply = await call(org, {
    method: 'GET',
    path: PATHS.records(module),
    query: { ids: ids.join(','), fields: fields.join(','), converted: 'both', per_page: String(PAGE) },
    purpose,
    ...(until !== undefined && { until }),
  });
  return readBody(rows, reply)?.data ?? [];
};

const parts = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
