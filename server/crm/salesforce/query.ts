import { z } from 'zod';
import { ReadFailed } from '../failures.ts';
import type { Purpose } from './budget.ts';
import { type CallSalesforce, type Org, type Reply, VENDOR } from './client.ts';
import { API_VERSION, IDS_OF_QUERY, PATHS, QUERIES_AT_ONCE } from './facts.ts';
import { toFailure } from './failures.ts';

/** One record as a query answers it: fields by API name, parents as objects of their own. */
export const row = z.record(z.string(), z.unknown());
export type Row = z.infer<typeof row>;

const page = z.object({ records: z.array(row), done: z.boolean(), nextRecordsUrl: z.string().optional() });

export interface Query {
  readonly soql: string;
  readonly purpose: Purpose;
  readonly until?: number;
  /** Deleted and merged records too. */
  readonly all?: boolean;
}

/** Every record a query finds, page by page. Throws AppError `crm_read_failed`. */
export const queryRows = async (
  call: CallSalesforce,
  org: Org,
  { soql, purpose, until, all }: Query,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const options = { method: 'GET', purpose, ...(until !== undefined && { until }) } as const;
  let next: { path: string; query?: Record<string, string> } | null = {
    path: all ? PATHS.queryAll : PATHS.query,
    query: { q: soql },
  };
  while (next !== null) {
    const found: z.infer<typeof page> = readBody(page, await call(org, { ...options, ...next }));
    rows.push(...found.records);
    next = found.done || found.nextRecordsUrl === undefined ? null : { path: found.nextRecordsUrl };
  }
  return rows;
};

const composite = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});

/** What a query finds of many records: `soql` is asked for some ids at a time, five such in one call. Throws ReadFailed. */
export const queryByIds = async (
  call: CallSalesforce,
  org: Org,
  ids: readonly string[],
  { soql, ...options }: Omit<Query, 'soql' | 'all'> & { readonly soql: (ids: string) => string },
): Promise<readonly Row[]> => {
  if (ids.length <= IDS_OF_QUERY) return queryRows(call, org, { soql: soql(listed(ids)), ...options });
  const chunks = Array.from({ length: Math.ceil(ids.length / IDS_OF_QUERY) }, (_, index) =>
    ids.slice(index * IDS_OF_QUERY, (index + 1) * IDS_OF_QUERY),
  );
  const rows: Row[] = [];
  for (let from = 0; from < chunks.length; from += QUERIES_AT_ONCE) {
    const compositeRequest = chunks.slice(from, from + QUERIES_AT_ONCE).map((chunk, index) => ({
      method: 'GET',
      url: `/services/data/v${API_VERSION}${PATHS.query}?${new URLSearchParams({ q: soql(listed(chunk)) })}`,
      referenceId: `part${index}`,
    }));
    const reply = await call(org, {
      method: 'POST',
      path: PATHS.composite,
      body: { allOrNone: false, compositeRequest },
      ...options,
    });
    for (const { httpStatusCode: status, body } of readBody(composite, reply).compositeResponse)
      rows.push(...readBody(page, { status, body }).records);
  }
  return rows;
};

/** A read's body, typed. Throws ReadFailed: retryable where the same read may succeed later. */
export const readBody = <T>(schema: z.ZodType<T>, reply: Reply): T => {
  if (reply.status >= 300) throw new ReadFailed(VENDOR, asReadFailure(reply));
  const parsed = schema.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  throw new ReadFailed(VENDOR, {
    kind: 'refused',
    code: 'not_understood',
    remedy: 'Salesforce answered a read in a way Fairlead does not know: report it with the log.',
  });
};

const asReadFailure = (reply: Reply) => {
  const failure = toFailure(reply);
  if (failure.kind === 'retry') return failure;
  return { ...failure, remedy: failure.remedy.replace('rejected the write', 'rejected a read') };
};

/** What may not stand in a text as it is, and how it is written [doc]. */
const ESCAPED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A text inside a SOQL statement. Other control characters are in no text of an org: they become spaces. */
export const quoted = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, (found) => ESCAPED[found] ?? ' ')}'`;

/** What LIKE takes for: has this text in it. Its own signs in the text stand for themselves. */
export const containing = (text: string): string =>
  `'%${quoted(text).slice(1, -1).replace(/[%_]/g, '\\$&')}%'`;

export const listed = (texts: readonly string[]): string => `(${texts.map(quoted).join(',')})`;
