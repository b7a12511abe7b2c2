import { eachOf } from '../call/each-of.ts';
import type { CallPipedrive, Company } from './client.ts';
import { DEAL_FIELDS, LIST_PAYS_FROM, MOST_IDS, PATHS } from './facts.ts';
import { readIfThere } from './failures.ts';
import type { Purpose } from './limits.ts';
import { readPages } from './pages.ts';
import { type PipedriveRecord, recordReply } from './shapes.ts';

/** Reads under way at once. */
const AT_ONCE = 5;

const KINDS = {
  lead: { one: PATHS.lead, list: null, query: {} },
  person: { one: PATHS.person, list: PATHS.persons, query: {} },
  organization: { one: PATHS.organization, list: PATHS.organizations, query: {} },
  deal: { one: PATHS.deal, list: PATHS.deals, query: DEAL_FIELDS },
} as const;

export type Kind = keyof typeof KINDS;

/** How a read is made. */
export interface ReadWays {
  readonly call: CallPipedrive;
  readonly purpose: Purpose;
  readonly until?: number;
}

/**
 * Records of one kind by id; what is not there is missing from the map. Leads can only be read one by one; the rest by
 * lists of a hundred where that costs fewer tokens than single reads. Throws AppError.
 */
export const readMany = async (
  company: Company,
  kind: Kind,
  ids: readonly string[],
  ways: ReadWays,
): Promise<ReadonlyMap<string, PipedriveRecord>> => {
  const wanted = [...new Set(ids)].filter(IDS[kind]);
  const { list } = KINDS[kind];
  const rows =
    list === null || wanted.length < LIST_PAYS_FROM
      ? await eachOf(wanted, AT_ONCE, (id) => readOne(company, kind, id, ways))
      : await readListed(company, kind, list, wanted, ways);
  return new Map(rows.flatMap((row) => (row === null ? [] : [[String(row.id), row] as const])));
};

/** What is an id of each kind: one that is none would have the whole list refused. */
const isNumber = (id: string): boolean => /^\d{1,18}$/.test(id);
const IDS = { lead: () => true, person: isNumber, organization: isNumber, deal: isNumber } as const;

/** null: it is not there. */
export const readOne = async (
  company: Company,
  kind: Kind,
  id: string,
  { call, purpose, until }: ReadWays,
): Promise<PipedriveRecord | null> => {
  const { one, query } = KINDS[kind];
  const reply = await call(company, {
    method: 'GET',
    path: one(id),
    query,
    purpose,
    ...(until !== undefined && { until }),
  });
  return readIfThere(recordReply, reply)?.data ?? null;
};

const readListed = async (
  company: Company,
  kind: Kind,
  path: string,
  ids: readonly string[],
  { call, ...ways }: ReadWays,
): Promise<readonly PipedriveRecord[]> => {
  const chunks = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, index) =>
    ids.slice(index * MOST_IDS, (index + 1) * MOST_IDS),
  );
  const read = await eachOf(chunks, AT_ONCE, (chunk) =>
    readPages(call, company, {
      ...ways,
      path,
      query: { ...KINDS[kind].query, ids: chunk.join(',') },
    }),
  );
  return read.flat();
};
