import { z } from 'zod';
import { eachOf } from '../call/each-of.ts';
import { ReadFailed } from '../failures.ts';
import type { CallZoho, Org } from './client.ts';
import { BATCHES_AT_ONCE, PATHS, PEOPLE_WITH_GROUPS } from './facts.ts';
import { pageInfo, readPages } from './read-pages.ts';

const groups = z.object({ user_groups: z.array(z.object({ name: z.string() })), info: pageInfo });

/**
 * The names of the user groups each of these users is in, by user id. An org with more users than we ask for every hour,
 * and a scope or permission that was not granted, give no information.
 */
export const readGroups = async (
  call: CallZoho,
  org: Org,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  if (userIds.length > PEOPLE_WITH_GROUPS) return new Map();
  try {
    const all = await eachOf(userIds, BATCHES_AT_ONCE, (id) =>
      readPages(call, org, PATHS.groupsOf(id), (body) => body.user_groups, groups),
    );
    return new Map(userIds.map((id, i) => [id, (all[i] ?? []).map(({ name }) => name)]));
  } catch (error) {
    if (error instanceof ReadFailed && error.failure.kind === 'refused') return new Map();
    throw error;
  }
};
