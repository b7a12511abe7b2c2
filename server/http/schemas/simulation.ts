import { z } from 'zod';
import type { PastSimulation } from '../../assignments/simulate-policy.ts';
import type { PoolStatement } from '../../routing/ledger/pool-ledger.ts';
import type { Moves } from '../../routing/simulate/moves.ts';
import type { SimulationResult, Speed } from '../../routing/simulate/simulation-result.ts';

const instant = z.number().describe('Epoch milliseconds.');
const milliseconds = z.number().describe('Milliseconds.');
const part = z.number().describe('A part of all, 0 to 1.');
const millionths = z.int().describe('Millionths of a lead.');

const durations = z.object({
  count: z.int(),
  median: milliseconds.nullable(),
  p90: milliseconds.nullable(),
  worst: milliseconds.nullable(),
});

const repShare = z.object({ rep: z.string(), leads: z.int(), share: part });

const fairness: z.ZodType<PoolStatement> = z.object({
  entries: z.int(),
  turns: z.int(),
  from: instant.nullable(),
  to: instant.nullable(),
  owed: millionths,
  received: millionths,
  worstLag: millionths,
  bound: millionths.nullable(),
  unboundBecause: z.enum(['no_turns', 'members_changed', 'not_by_rule', 'corrections']).nullable(),
  members: z.array(
    z.object({
      rep: z.string(),
      owed: millionths,
      received: millionths,
      lag: millionths,
      banked: millionths,
      worstLag: millionths,
      worstAt: instant.nullable(),
    }),
  ),
});

const speed: z.ZodType<Speed> = z
  .object({
    leads: z.int(),
    never: z.int().describe('Leads that nobody at work ever had.'),
    elapsed: durations,
    working: durations.describe('Counting the policy’s hours only.'),
    within: z.array(z.object({ minutes: z.number(), share: part })),
  })
  .describe('How soon somebody at work had the leads.');

const result: z.ZodType<SimulationResult> = z
  .object({
    leads: z.int(),
    from: instant.nullable(),
    to: instant.nullable(),
    given: z.int(),
    rules: z.array(z.object({ rule: z.string().nullable(), leads: z.int() })),
    pools: z.array(
      z.object({ pool: z.string(), leads: z.int(), share: part, fairness: fairness.nullable() }),
    ),
    reps: z.array(repShare),
    waited: z.object({ leads: z.int(), never: z.int(), found: durations }),
    unowned: z.object({
      waiting: z.int(),
      queues: z.array(z.object({ queue: z.string(), leads: z.int() })),
      notRouted: z.int(),
      logOnly: z.int().describe('Decided for the log only.'),
    }),
    speed,
    mostHeld: z.int(),
  })
  .meta({ id: 'SimulationResult' });

const moves: z.ZodType<Moves> = z
  .object({
    leads: z.int(),
    moved: z.int(),
    reps: z.array(
      z.object({
        rep: z.string().nullable().describe('null: nobody.'),
        before: z.int(),
        after: z.int(),
        lost: z.int(),
        gained: z.int(),
      }),
    ),
  })
  .meta({ id: 'Moves', description: 'Who gains and who loses leads.' });

const identity = z.object({ name: z.string(), hash: z.string() });

/** A draft tried on the past. */
export const pastSimulationView: z.ZodType<PastSimulation> = z
  .object({
    policies: z.object({ policy: identity, against: identity.nullable().describe('The live policy.') }),
    past: z.object({
      days: z.int(),
      leads: z.int(),
      erased: z.int().describe('Leads whose values were erased, and so could not be tried.'),
      truncated: z.boolean().describe('Only the newest 20,000 leads were tried.'),
      fieldsWithoutValues: z.array(z.string()),
    }),
    policy: result,
    against: result.nullable(),
    history: z.object({ leads: z.int(), reps: z.array(repShare) }).nullable(),
    movesFromAgainst: moves.nullable(),
    movesFromHistory: moves.nullable(),
  })
  .meta({ id: 'Simulation' });
