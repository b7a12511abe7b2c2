import { z } from 'zod';
import type { PastSimulation } from '../../assignments/simulate-policy.ts';
import type { SimulationNames } from '../../assignments/simulation-names.ts';
import type { PoolStatement } from '../../routing/ledger/pool-ledger.ts';
import type { MovedLead } from '../../routing/simulate/moved-leads.ts';
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
      z.object({
        pool: z.string(),
        leads: z.int(),
        share: part,
        reps: z.array(repShare),
        fairness: fairness.nullable(),
      }),
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

const place = z.object({
  end: z.enum(['given', 'log_only', 'waiting', 'in_queue', 'not_routed']),
  rule: z.string().nullable(),
  pool: z.string().nullable(),
  queue: z.string().nullable(),
  rep: z.string().nullable(),
});

const movedLead: z.ZodType<MovedLead> = z
  .object({
    lead: z.string(),
    decision: z.string().nullable().describe('The stored decision that found it.'),
    arrivedAt: instant,
    before: place,
    after: place,
    because: z
      .enum(['rule', 'step', 'turn'])
      .describe('Another rule matches; the rule gives it elsewhere; the same pool gives it to another.'),
  })
  .meta({ id: 'MovedLead' });

const namesById = z.record(z.string(), z.string());
const names: z.ZodType<SimulationNames> = z
  .object({ reps: namesById, pools: namesById, rules: namesById, queues: namesById })
  .describe('Names by id.');

/** How many days of the past are tried. */
export const pastDays = z.int('must be a number of days').min(1).max(366).default(30);

/** A draft tried on the past. */
export const pastSimulationView: z.ZodType<PastSimulation> = z
  .object({
    policies: z.object({
      policy: identity,
      against: identity.nullable().describe('What it is compared with: the live policy, or as asked.'),
    }),
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
    movedLeads: z
      .array(movedLead)
      .nullable()
      .describe('Leads that go elsewhere than by the other policy: the newest first, at most 200.'),
    movesFromHistory: moves.nullable(),
    names,
    people: z
      .record(z.string(), z.object({ name: z.string().nullable(), company: z.string().nullable() }))
      .describe('Who those leads are, by lead.'),
  })
  .meta({ id: 'Simulation' });
