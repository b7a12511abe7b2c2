import { auditLeadsFile } from '../assignments/audit-leads.ts';
import { createReplays } from '../assignments/replay-decisions.ts';
import { simulatePolicy } from '../assignments/simulate-policy.ts';
import type { RunInThread } from '../assignments/thread-port.ts';
import type { Clock } from '../base/clock.ts';
import type { Past } from '../http/ports.ts';
import { createPastDecisions } from '../storage/queries/create-past-decisions.ts';
import type { Storage } from '../storage/storage.ts';
import type { Stores } from './stores.ts';

/** Drafts tried on the past, and past decisions decided again. */
export const createPast = (
  storage: Storage,
  { policies, reps }: Pick<Stores, 'policies' | 'reps'>,
  run: RunInThread,
  clock: Clock,
): Past => {
  const past = createPastDecisions(storage);
  return {
    simulate: simulatePolicy({ past, policies, reps, run, now: clock.now }),
    audit: auditLeadsFile(run),
    replays: createReplays({ past, policies, reps }),
  };
};
