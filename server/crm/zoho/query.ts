import { z } from 'zod';
import { asText } from '../as-text.ts';
import type { Purpose } from './budget.ts';
import type { CallZoho, Org } from './client.ts';
import { COQL_IN, PAGE, PATHS } from './facts.ts';
import { readBody } from './failures.ts';

/** A record as it comes: lookups are objects, ids texts. */
export type Row = Readonly<Record<string, unknown>>;

export const rows = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  info: z.object({ more_records: z.boolean().optional(), next_page_token: z.string().nullish() }).optional(),
});

/** A text in single quotes; a quote or backslash inside it is escaped. Control characters, which no field holds, become spaces. */
export const quoted = (text: string): string =>
  `'${text.replace(/\p{Cc}/gu, ' ').replace(/[\\']/g, '\\$&')}'`;

export const listed = (texts: readonly string[]): string => `(${texts.map(quoted).join(', ')})`;

/** Every row of a query, page by page: it costs by the limit, whatever it finds. `query`: without its limit. Throws AppError. */
export const queryRows = async (
  call: CallZoho,
  org: Org,
  asked: {
    readonly query: string;
    readonly purpose: Purpose;
    readonly until?: number;
  },
): Promise<readonly Row[]> => {
  const found: Row[] = [];
  for (;;) {
    const reply = await call(org, {
      method: 'POST',
      path: PATHS.coql,
      body: { select_query: `${asked.query} limit ${found.length}, ${PAGE}` },
      purpose: asked.purpose,
      ...(asked.until !== undefined && { until: asked.until }),
    });
    const page = readBody(rows, reply);
    found.push(...(page?.data ?? []));
    if (page === null || page.data.length === 0 || !page.info?.more_records) return found;
  }
};

/** Values in parts no larger than one `in` holds. */
export const inParts = (values: readonly string[]): readonly (readonly string[])[] => {
  const unique = [...new Set(values)];
  return Array.from({ length: Math.ceil(unique.length / COQL_IN) }, (_, index) =>
    unique.slice(index * COQL_IN, (index + 1) * COQL_IN),
  );
};

/** The id in a lookup. */
export const idIn = (value: unknown): string | null =>
  asText((value as { readonly id?: unknown } | null | undefined)?.id);
