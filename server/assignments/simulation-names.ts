import type { Policy, Rep } from '../routing/policy/schema.ts';

/** What reps, pools, rules and queues are called, by id. */
export interface SimulationNames {
  readonly reps: Readonly<Record<string, string>>;
  readonly pools: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, string>>;
  readonly queues: Readonly<Record<string, string>>;
}

/** Names of two policies' parts, the first one's before the second one's, and of the directory's reps. */
export const simulationNames = (
  policies: readonly (Policy | null)[],
  reps: readonly Rep[],
): SimulationNames => {
  const named = (part: 'pools' | 'rules' | 'queues') =>
    byId(policies.flatMap((policy): readonly Named[] => policy?.[part] ?? []).reverse());
  return { reps: byId(reps), pools: named('pools'), rules: named('rules'), queues: named('queues') };
};

interface Named {
  readonly id: string;
  readonly name: string;
}

const byId = (all: readonly Named[]) => Object.fromEntries(all.map(({ id, name }) => [id, name]));
