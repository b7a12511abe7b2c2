import { type PolicyProblem, problemAt } from '../routing/policy/problems.ts';
import type { Policy, Step } from '../routing/policy/schema.ts';
import type { Vendor } from './types.ts';

/** A CRM that a tenant has connected. `name`: as people write its vendor. */
export interface ConnectedCrm {
  readonly vendor: Vendor;
  readonly name: string;
  /** Leads can be converted there. */
  readonly converts: boolean;
}

/** Steps that ask for a conversion no connected CRM can make, by name. Nothing is said while no CRM is connected. */
export const checkConversions = (
  { crmOfRecord, rules, fallback }: Policy,
  connected: readonly ConnectedCrm[],
): readonly PolicyProblem[] => {
  const asked = crmOfRecord === null ? connected : connected.filter(({ vendor }) => vendor === crmOfRecord);
  if (asked.length === 0 || asked.some(({ converts }) => converts)) return [];
  const message = `${[...new Set(asked.map(({ name }) => name))].join(' and ')} converts no leads; remove convert`;
  const among = (steps: readonly Step[], path: readonly (string | number)[]) =>
    steps.flatMap((step, index) =>
      'convert' in step && step.convert ? [problemAt([...path, index, 'convert'], message)] : [],
    );
  return [
    ...rules.flatMap(({ steps }, index) => among(steps, ['rules', index, 'then'])),
    ...among(fallback, ['fallback']),
  ];
};
