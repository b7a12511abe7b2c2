import { z } from 'zod';
import { ReadFailed } from '../failures.ts';
import type { CallZoho, Org } from './client.ts';
import { PATHS, TERRITORIES_READ } from './facts.ts';
import { pageInfo, readPages } from './read-pages.ts';

const territories = z.object({
  territories: z.array(z.object({ id: z.string(), name: z.string() })),
  info: pageInfo,
});
const members = z.object({ users: z.array(z.object({ id: z.string() })), info: pageInfo });

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
    const all = await readPages(call, org, PATHS.territories, (body) => body.territories, territories);
    if (all.length > TERRITORIES_READ) return found;
    for (const { id, name } of all)
      for (const user of await readPages(call, org, PATHS.territoryUsers(id), (body) => body.users, members))
        found.set(user.id, [...(found.get(user.id) ?? []), name]);
  } catch (error) {
    if (!(error instanceof ReadFailed) || error.failure.kind !== 'refused') throw error;
  }
  return found;
};
