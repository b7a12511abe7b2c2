import { z } from 'zod';
import { ReadFailed } from '../failures.ts';
import type { CallZoho, Org } from './client.ts';
import { PAGE, PATHS, TERRITORIES_READ } from './facts.ts';
import { readBody } from './failures.ts';

const page = z.object({ more_records: z.boolean().nullish() }).nullish();
const territories = z.object({
  territories: z.array(z.object({ id: z.string(), name: z.string() })),
  info: page,
});
const members = z.object({ users: z.array(z.object({ id: z.string() })), info: page });

/**
 * The names of the territories each user is in, by user id. An org without territories, or with more than we ask for
 * every hour, and a scope that was not granted give no information.
 */
export const readTerritories = async (
  call: CallZoho,
  org: Org,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, readonly string[]>();
  try {
    const all = await pages(call, org, PATHS.territories, (body) => body.territories, territories);
    if (all.length > TERRITORIES_READ) return found;
    for (const { id, name } of all)
      for (const user of await pages(call, org, PATHS.territoryUsers(id), (body) => body.users, members))
        found.set(user.id, [...(found.get(user.id) ?? []), name]);
  } catch (error) {
    if (!(error instanceof ReadFailed) || error.failure.kind !== 'refused') throw error;
  }
  return found;
};

const pages = async <Body extends { readonly info?: z.infer<typeof page> }, Row>(
  call: CallZoho,
  org: Org,
  path: string,
  rowsOf: (body: Body) => readonly Row[],
  schema: z.ZodType<Body>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let number = 1; ; number++) {
    // Pages of people are not described, though the reply tells of more: asked for only where it does.
    const query = number === 1 ? undefined : { page: String(number), per_page: String(PAGE) };
    const reply = await call(org, { method: 'GET', path, ...(query && { query }), purpose: 'background' });
    const body = readBody(schema, reply);
    if (body !== null) rows.push(...rowsOf(body));
    if (!body?.info?.more_records) return rows;
  }
};
