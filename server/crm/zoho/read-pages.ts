import { z } from 'zod';
import type { CallZoho, Org } from './client.ts';
import { PAGE } from './facts.ts';
import { readBody } from './failures.ts';

/** What comes with a page. */
export const pageInfo = z.object({ more_records: z.boolean().nullish() }).nullish();

/** The rows of all pages. Throws ReadFailed. */
export const readPages = async <Body extends { readonly info?: z.infer<typeof pageInfo> }, Row>(
  call: CallZoho,
  org: Org,
  path: string,
  rowsOf: (body: Body) => readonly Row[],
  schema: z.ZodType<Body>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let number = 1; ; number++) {
    // Pages are not described everywhere, though the reply tells of more: asked for only where it does.
    const query = number === 1 ? undefined : { page: String(number), per_page: String(PAGE) };
    const reply = await call(org, { method: 'GET', path, ...(query && { query }), purpose: 'background' });
    const body = readBody(schema, reply);
    if (body !== null) rows.push(...rowsOf(body));
    if (!body?.info?.more_records) return rows;
  }
};
