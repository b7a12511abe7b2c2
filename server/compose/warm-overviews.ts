import type { Queries } from '../assignments/queries.ts';
import type { Stores } from './stores.ts';

/** Workspaces that are warmed; those beyond are counted when they are asked for. */
const MOST = 1_000;

/**
 * Has the numbers of the live page counted once after a start, one workspace after the other, so that nobody waits for a
 * day's decisions to be counted. Ends early when the signal does.
 */
export const warmOverviews = async (
  tenants: Stores['tenants'],
  queries: Pick<Queries, 'overview'>,
  signal: AbortSignal,
): Promise<void> => {
  for (const { id } of (await tenants.listStaying()).slice(-MOST)) {
    if (signal.aborted) return;
    await queries.overview(id);
  }
};
