import type { HolidayDates } from '../routing/availability/shifts.ts';
import type { Finding } from '../routing/check/check.ts';
import { witnessOf } from '../routing/check/witness.ts';
import type { Candidate } from '../routing/decision.ts';
import { createRouting, type Routed } from './create-routing.ts';
import { checkLeads, readLeads } from './read-leads.ts';
import type { PolicyFile } from './read-policy-file.ts';

/** Leads that found a pool with all its caps full. */
interface Full {
  readonly first: Routed;
  leads: number;
  waiting: number;
}

/**
 * Whether the caps can take a file of leads: routes them in order and counts those that found everybody at work full.
 * `open` is left out, since nothing here says when work is done. `at`: when leads without an arrival arrive.
 */
export const checkCaps = async (
  file: PolicyFile,
  leads: string,
  holidays: HolidayDates,
  at: number,
): Promise<readonly Finding[]> => {
  const { policy } = file.compiled;
  const total = await checkLeads(leads, { fields: policy.fields });
  const reps = file.reps.map((rep) => {
    const { open: _, ...capacity } = rep.capacity;
    return { ...rep, capacity };
  });
  const routing = createRouting({ ...file, reps }, holidays);
  const full = new Map<string, Full>();
  for await (const row of readLeads(leads, { fields: policy.fields, at })) {
    const routed = routing.route(row);
    for (const pool of fullPools(routed)) count(full, pool, routed);
  }
  return [...full].map(([id, { first, leads: many, waiting }]): Finding => {
    const pool = policy.pools.find((one) => one.id === id)!;
    const told = `${many.toLocaleString('en')} of ${total.toLocaleString('en')} leads`;
    return {
      severity: waiting > 0 ? 'error' : 'warning',
      code: 'capacity',
      rules: first.decided.rule === null ? [] : [first.decided.rule],
      pool: id,
      message:
        `${told} found nobody in “${pool.name}” with room under their caps; ` +
        `${waiting.toLocaleString('en')} of them wait. Raise caps or add members.`,
      ...witnessOf(policy.fields, { values: first.row.values, at: first.row.arrivedAt }),
    };
  });
};

/** The pools, each once, in which nobody had room. */
const fullPools = ({ decided }: Routed): ReadonlySet<string> =>
  new Set(
    decided.steps.flatMap(({ pool, because, candidates }) =>
      pool !== undefined && because === 'nobody_eligible' && candidates.some(isFull) ? [pool] : [],
    ),
  );

const isFull = ({ code }: Candidate): boolean => code === 'at_capacity';

const count = (full: Map<string, Full>, pool: string, routed: Routed): void => {
  const known = full.get(pool) ?? { first: routed, leads: 0, waiting: 0 };
  known.leads++;
  if (routed.decided.outcome.kind === 'waiting') known.waiting++;
  full.set(pool, known);
};
