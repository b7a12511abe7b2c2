import { namesOf } from '../assignments/names.ts';
import type { Names } from '../routing/render/render-decision.ts';
import type { PolicyFile } from './read-policy-file.ts';

/** What a policy file calls its reps, pools, rules and queues. */
export const namesIn = ({ compiled: { policy }, reps }: PolicyFile): Names =>
  namesOf(policy, { reps: new Map(reps.map((rep) => [rep.id, { rep }])) });
