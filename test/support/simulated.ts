import { compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { policyHash } from '../../server/routing/policy/policy-hash.ts';
import { resolveReps } from '../../server/routing/policy/resolve-reps.ts';
import type { DeskParts } from '../../server/routing/simulate/desk.ts';
import type { SettledLead, SimulatedLead } from '../../server/routing/simulate/simulated-lead.ts';
import { createSimulation } from '../../server/routing/simulate/simulation.ts';

/** A policy document with its reps, ready to be simulated. No holidays. */
export const deskParts = (document: Record<string, unknown>): DeskParts => {
  const parsed = parsePolicy({ fairlead: 1, name: 'Test', ...document });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const reps = parsed.policy.reps ?? [];
  const { policy, problems } = resolveReps(parsed.policy, reps);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const compiled = compilePolicy({ version: 1, hash: policyHash(policy), policy });
  return { compiled, reps, holidays: () => new Set(), zones: 'test' };
};

/** A lead without values that is never closed and whose owner nobody knows, but for what is given. */
export const simulatedLead = (given: Partial<SimulatedLead> & { readonly id: string }): SimulatedLead => ({
  values: {},
  arrivedAt: 0,
  handling: null,
  owner: null,
  ...given,
});

/** Runs leads through; what became of each, in order of arrival, and the most that were held at once. */
export const simulateAll = (parts: DeskParts, leads: readonly SimulatedLead[]) => {
  const settled: SettledLead[] = [];
  const simulation = createSimulation(parts, (one) => settled.push(one));
  let mostHeld = 0;
  for (const lead of leads) {
    simulation.arrive(lead);
    mostHeld = Math.max(mostHeld, simulation.held());
  }
  simulation.end();
  return { settled: settled.sort((a, b) => a.number - b.number), mostHeld, simulation };
};
