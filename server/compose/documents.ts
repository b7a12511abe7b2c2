import type { Policies, Reps } from '../assignments/directory-ports.ts';
import { readPolicy } from '../assignments/live-policy.ts';
import type { Documents } from '../http/ports.ts';
import { givenFields, pointerOf } from '../routing/policy/events.ts';
import { readValues } from '../routing/policy/read-values.ts';

/** The live policy and the directory of reps as documents. */
export const createDocuments = (policies: Pick<Policies, 'live'>, reps: Pick<Reps, 'list'>): Documents => ({
  policy: async (tenantId) => {
    const live = await policies.live(tenantId);
    return live && { version: live.version, document: live.document };
  },
  reps: async (tenantId) => (await reps.list(tenantId)).map(({ document }) => document),
  checkFields: async (tenantId, leads) => {
    const live = await policies.live(tenantId);
    if (!live) return leads.map(() => []);
    const fields = givenFields(readPolicy(live).policy);
    return leads.map((given) =>
      readValues(fields, given, 'json').problems.map(({ field, message }) => ({
        field: pointerOf(field),
        message,
      })),
    );
  },
});
