import { z } from 'zod';
import { ReadFailed } from '../failures.ts';
import { type CallDynamics, type Environment, type Reply, VENDOR } from './client.ts';
import { FORMATTED, LOOKUP_TABLE, PAGE_SIZE } from './facts.ts';
import { toFailure } from './failures.ts';
import type { Purpose } from './limits.ts';

/** One record as a query answers it: columns by name, lookups as `_name_value`, annotations behind an `@`. */
export const row = z.record(z.string(), z.unknown());
export type Row = z.infer<typeof row>;

const page = z.object({
  value: z.array(row),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});
export type Page = z.infer<typeof page>;

export interface Query {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly purpose: Purpose;
  readonly until?: number;
  readonly prefer?: string;
}

/** What lookups point at, and what people see of choices. */
export const ANNOTATED = `odata.include-annotations="${LOOKUP_TABLE},${FORMATTED}"`;

/** Every page of a query, one after another. Throws AppError `crm_read_failed`. */
export async function* pagesOf(
  call: CallDynamics,
  environment: Environment,
  { path, query, purpose, until, prefer }: Query,
): AsyncGenerator<Page> {
  const wanted = [`odata.maxpagesize=${PAGE_SIZE}`, ...(prefer === undefined ? [] : [prefer])].join(',');
  const options = {
    method: 'GET',
    purpose,
    headers: { prefer: wanted },
    ...(until !== undefined && { until }),
  } as const;
  let next: string | undefined = path;
  while (next !== undefined) {
    const first = next === path && query !== undefined;
    const found: Page = readBody(
      page,
      await call(environment, { ...options, path: next, ...(first && { query }) }),
    );
    yield found;
    next = found['@odata.nextLink'];
  }
}

/** Every record a query finds. Throws AppError `crm_read_failed`. */
export const queryRows = async (
  call: CallDynamics,
  environment: Environment,
  query: Query,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const { value } of pagesOf(call, environment, query)) rows.push(...value);
  return rows;
};

/** A read's body, typed. Throws ReadFailed: retryable where the same read may succeed later. */
export const readBody = <T>(schema: z.ZodType<T>, reply: Reply): T => {
  if (reply.status >= 300) throw new ReadFailed(VENDOR, toFailure(reply));
  const parsed = schema.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  throw new ReadFailed(VENDOR, {
    kind: 'refused',
    code: 'not_understood',
    remedy: 'Dynamics 365 answered a read in a way Fairlead does not know: report it with the log.',
  });
};

/** A text inside a filter. Control characters, which no column holds, become spaces. */
export const quoted = (text: string): string => `'${text.replace(/\p{Cc}/gu, ' ').replaceAll("'", "''")}'`;

/** Whether a column has one of these values: one condition, however many there are. */
export const isIn = (column: string, values: readonly string[]): string =>
  `Microsoft.Dynamics.CRM.In(PropertyName='${column}',PropertyValues=[${values.map(quoted).join(',')}])`;

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
