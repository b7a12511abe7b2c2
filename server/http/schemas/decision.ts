import { z } from 'zod';
import type { DecisionSummary } from '../../assignments/queries.ts';
import type { DecisionView, ExplanationView } from '../../assignments/views.ts';
import { instant, namedRef, person } from './common.ts';

const candidate = z
  .object({
    rep: z.string(),
    name: z.string(),
    code: z.string().describe('`chosen`, `outranked`, `off_hours`, `at_capacity`, …'),
    detail: z.string(),
    pool: z.string(),
    lag: z.number().exactOptional().describe('What the pool owed them, in leads.'),
  })
  .meta({ id: 'Candidate', description: 'A pool member as the decision saw them: chosen, or not and why.' });

const base = {
  id: z.string().meta({ example: 'dec_01jd8x…' }),
  lead: z.object({ id: z.string() }),
  written: z.enum(['none', 'pending', 'done', 'refused']).describe('Whether the owner stands in the CRM.'),
  policy: z.object({ version: z.int() }),
  rule: namedRef.nullable(),
  pool: namedRef.nullable(),
  reason: z.string().describe('Why, in sentences.'),
  decidedAt: instant,
  engine: z.int(),
  hash: z.string().meta({ example: 'sha256:…' }),
  candidates: z.array(candidate),
  assignment: z.string().describe('Claims and declines name it.'),
  logOnly: z.boolean().describe('Nothing is written or sent.'),
  derived: z
    .object({
      territory: namedRef.exactOptional(),
      tier: namedRef.exactOptional(),
      urgent: z.literal(true).exactOptional().describe('Leads of its tier go first.'),
      score: z.int().exactOptional(),
    })
    .exactOptional()
    .describe('What the policy worked out of the lead before its rules.'),
  firstActivityAt: instant
    .exactOptional()
    .describe('When somebody first worked on the lead since its rep has it, as the CRM knows.'),
  record: z
    .object({
      connection: z.string(),
      objectType: z.string(),
      recordId: z.string(),
      url: z.string().nullable().describe('Where it opens in its CRM, where that is known.'),
    })
    .exactOptional()
    .describe('The CRM record the lead stands on, once it does.'),
};

const offer = z.object({ to: z.array(namedRef), expiresAt: instant });

/** A decision's members by outcome, with more members added to each. */
const outcomes = <More extends z.ZodRawShape>(more: More) =>
  z.discriminatedUnion('outcome', [
    z.object({ ...base, ...more, outcome: z.literal('assigned'), rep: namedRef }),
    z.object({ ...base, ...more, outcome: z.literal('offered'), rep: namedRef.nullable(), offer }),
    z.object({ ...base, ...more, outcome: z.literal('waiting'), rep: z.null(), retryAt: instant }),
    z.object({ ...base, ...more, outcome: z.literal('in_queue'), rep: z.null(), queue: namedRef }),
    z.object({ ...base, ...more, outcome: z.literal('merged'), rep: z.null(), mergedInto: z.string() }),
    z.object({
      ...base,
      ...more,
      outcome: z.literal('not_routed'),
      rep: namedRef.nullable(),
      because: z.string(),
    }),
  ]);

/** A decision with members of the caller's own. */
export const decisionFor = <More extends z.ZodRawShape>(more: More) => outcomes(more);

export const decisionView: z.ZodType<DecisionView> = outcomes({}).meta({ id: 'Decision' });

const standsNow = {
  state: z
    .enum(['offered', 'assigned', 'waiting', 'in_queue', 'closed'])
    .describe("The assignment's present state, which may be later than this decision."),
  current: namedRef.nullable().describe('Who has the lead now.'),
};

const summaryMembers = {
  ...standsNow,
  seq: z.int().describe('Grows with every decision of the tenant.'),
  source: z.string(),
  person: z
    .object({ name: z.string().nullable(), company: z.string().nullable(), url: z.string().nullable() })
    .nullable(),
};

export const decisionSummary: z.ZodType<DecisionSummary> = outcomes(summaryMembers).meta({
  id: 'DecisionSummary',
});

const explanationMembers = {
  ...standsNow,
  rules: z
    .array(z.object({ rule: z.string(), name: z.string(), matched: z.boolean(), because: z.string() }))
    .describe('Each rule up to the one that took the lead, and why.'),
  steps: z.array(z.object({ key: z.string(), took: z.boolean(), text: z.string() })),
  story: z.array(z.object({ at: instant, kind: z.string(), text: z.string(), rep: namedRef.nullable() })),
  slas: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        reps: z.array(namedRef),
        startedAt: instant,
        dueAt: instant
          .nullable()
          .describe('null: it stands still, since nobody knows when its rep works again.'),
        metAt: instant.nullable(),
        state: z.enum(['running', 'overdue', 'met', 'met_late', 'missed', 'ended']),
        text: z.string(),
      }),
    )
    .exactOptional()
    .describe('The SLAs the lead is or was under, the latest first; absent where there is none.'),
  person: person.nullable(),
  values: z.record(z.string(), z.unknown()).nullable().describe('What the decision read; null once erased.'),
};

export const explanationView: z.ZodType<ExplanationView> = outcomes(explanationMembers).meta({
  id: 'Explanation',
});
