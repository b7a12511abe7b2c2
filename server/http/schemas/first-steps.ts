import { z } from 'zod';
import { instant, namedRef } from './common.ts';

const vendor = z.enum(['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive', 'slack']);

const stepConnection = z.object({
  id: z.string(),
  vendor,
  name: z.string(),
  status: z.enum(['active', 'needs_reconnecting', 'disconnected']),
});

export const stepsView = z
  .object({
    crms: z.array(stepConnection).readonly(),
    slack: z.array(stepConnection).readonly(),
    people: z.object({
      reps: z.int(),
      unsaid: z.int().describe('Found in the CRMs, and nobody said whether they take leads.'),
      gone: z.int().describe('Reps whom no connected CRM has any more.'),
      reachable: z.int().describe('Reps whom a message in Slack reaches.'),
    }),
    policyVersion: z.int().describe("The live policy's; 0: none."),
    mode: z.enum(['live', 'log_only']),
    decided: z.boolean().describe('Whether a lead was ever decided.'),
    compared: z.int().describe('Leads decided for the log whose owner is compared.'),
  })
  .meta({ id: 'Steps' });

export const foundPeopleView = z
  .object({
    people: z
      .array(
        z.object({
          email: z.string(),
          name: z.string(),
          vendors: z.array(vendor).readonly(),
          inSlack: z.boolean().nullable().describe('null: no workspace is connected.'),
          teams: z.array(z.string()).readonly().describe('Ids of teams.'),
          manager: z.string().nullable().describe("The manager's e-mail address."),
          timezone: z.string().nullable(),
          hours: z.boolean().describe('Whether a CRM tells their working hours.'),
          state: z.enum(['rep', 'no_rep', 'new']),
          doubt: z
            .enum(['shared_address', 'invited'])
            .nullable()
            .describe('Why they are probably no rep; null: nothing speaks against it.'),
        }),
      )
      .readonly(),
    teams: z
      .array(z.object({ id: z.string(), name: z.string(), members: z.array(z.string()).readonly() }))
      .readonly(),
    gone: z.array(namedRef).readonly().describe('Reps whom no connected CRM has any more.'),
    nameless: z.int().describe('Owners without an e-mail address.'),
    reps: z.int(),
  })
  .meta({ id: 'FoundPeople' });

const sideCounts = { leads: z.int(), both: z.int(), agreed: z.int() };

const furthest = z
  .object({ rep: z.string(), by: z.number() })
  .describe('Who is furthest from what they were owed: leads too many or, below zero, too few.');

const poolShares = z
  .object({
    said: z.string().describe('What the figures say, in a sentence.'),
    leads: z.int().describe('Leads of the pool that are measured, the same for both.'),
    members: z
      .array(z.object({ rep: namedRef, owed: z.number(), theirs: z.int(), ours: z.int() }))
      .readonly()
      .describe('What each was owed, was given and would have been given. Furthest from it first.'),
    outside: z.int().describe('Leads that were given to somebody who is no member.'),
    nobody: z.int().describe('Leads that nobody was given.'),
    theirs: furthest,
    ours: furthest,
  })
  .describe(
    'How far either way is from the shares that the pool owes, in leads; null: nothing can be measured.',
  );

export const comparisonView = z
  .object({
    since: instant,
    ...sideCounts,
    settled: z.int().describe('Leads whose owner is plain by now.'),
    takers: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          isRep: z.boolean(),
          theirs: z.int().describe('Leads they were given.'),
          ours: z.int().describe('Leads the policy would have given them.'),
        }),
      )
      .readonly(),
    longUnowned: z.int().describe('Leads that nobody had for longer than an hour.'),
    unowned: z.int().describe('Leads that nobody has now.'),
    speed: z
      .object({ median: z.number(), slowest: z.number() })
      .nullable()
      .describe('From the decision to the owner, in milliseconds.'),
    pools: z
      .array(z.object({ pool: namedRef, logOnly: z.boolean(), ...sideCounts, shares: poolShares.nullable() }))
      .readonly(),
    recent: z
      .array(
        z.object({
          decision: z.string(),
          at: instant,
          lead: z.object({ name: z.string().nullable(), company: z.string().nullable() }).nullable(),
          pool: namedRef.nullable(),
          ours: namedRef.nullable(),
          theirs: namedRef.nullable(),
          ownedAt: instant.nullable(),
          settled: z.boolean(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Comparison' });
