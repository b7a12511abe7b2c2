import { createDynamicsSender } from '../../server/crm/dynamics/sender.ts';
import { ownersBy, refuses, stringsOf } from './crm-account-parts.ts';
import type { Connector } from './crm-accounts.ts';
import { openDynamicsEnvironment } from './dynamics-environment.ts';
import { decisionViews } from './hubspot-portal.ts';

/** Dynamics 365 for the suite that is run over every connector. */
export const dynamics: Connector = {
  name: 'Dynamics 365',
  batch: 10,
  looksAgain: true,
  open: (sandbox, options = {}) => {
    const env = openDynamicsEnvironment(sandbox, options);
    const { name, dynamics: crm } = env;
    const written = new Map<string, { readonly value: string; readonly at: number }[]>();
    crm.onChange((environment, changes) => {
      for (const { table, message, id, values, at } of changes) {
        const owner = values.ownerid;
        if (environment.name !== name || table !== 'lead' || message !== 'Update') continue;
        if (typeof owner !== 'object' || owner === null) continue;
        written.set(id, [{ value: owner.id, at }, ...(written.get(id) ?? [])]);
      }
    });
    return {
      connection: env.connection,
      sender: (clock, broken = false) =>
        createDynamicsSender({
          call: broken ? refuses : env.call,
          columns: env.columns,
          decisionsById: decisionViews,
          clock,
        }),
      objectType: 'lead',
      record: () => env.lead(),
      owners: ownersBy(env.idOf),
      owner: (id) => {
        const owner = env.ownerOf(env.record(id));
        return owner === env.nobody ? null : owner;
      },
      ownersWritten: (id) => written.get(id) ?? [],
      changeOwner: (id, ownerId) => crm.changeOwner({ name, id, ownerId }),
      reason: (id) => {
        const { fairlead_reason: reason, fairlead_decision: decision } = env.record(id).values;
        return { reason, decision };
      },
      tasks: () =>
        env.rows('task').map((row) => ({ owner: env.ownerOf(row), text: String(row.values.description) })),
      unknownRecord: '00000000-0000-4000-8000-000000000000',
      nobody: env.nobody,
      pauseMs: 10_000,
      ...stringsOf(crm, {
        down: { kind: '503' },
        write_reset: { kind: 'reset', path: '$batch' },
        task_truncated: { kind: 'truncated', path: '$batch' },
        rate_limited: { kind: '429', path: '$batch', retryAfter: 10 },
      }),
      requests: () => crm.stats().requests,
      writes: () => crm.stats().byKind['POST $batch'] ?? 0,
    };
  },
};
