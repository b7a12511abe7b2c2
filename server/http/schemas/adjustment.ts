import { z } from 'zod';
import type { AdjustmentView } from '../../assignments/queries.ts';
import { id, instant, namedRef } from './common.ts';

/** Why somebody changes a ledger: everybody in the pool may read it. */
export const reason = z
  .string('must be text')
  .trim()
  .min(1, 'is empty: say why')
  .max(500, 'is longer than 500 characters');

const skip = z
  .enum(['keep', 'lose', 'none'], 'must be keep, lose or none')
  .describe(
    '`keep`: the turn comes back with the next lead; `lose`: it is charged; `none`: not passed any more.',
  );

const MOST = 1000;
const leads = z
  .number('must be a number of leads, such as 1 or -0.5')
  .min(-MOST, 'must be at least -1000')
  .max(MOST, 'must be at most 1000')
  .refine(
    (given) => Math.abs(given * 1e6 - Math.round(given * 1e6)) < 1e-3,
    'must be whole millionths of a lead',
  )
  .refine((given) => Math.round(given * 1e6) !== 0, 'must not be 0')
  .describe('Above zero the rep is owed more; below, less. The others give it, or get it, by weight.');

/** A credit or a debit, or a turn to be passed. */
export const adjustmentBody = z.union(
  [z.strictObject({ rep: id, leads, reason }), z.strictObject({ rep: id, skip, reason })],
  'must name rep, reason, and either leads or skip',
);

/** What somebody changed in a pool's ledger. */
export const adjustmentView: z.ZodType<AdjustmentView> = z
  .object({
    id: z.string(),
    at: instant,
    rep: namedRef,
    kind: z.enum(['credit', 'debit', 'skip', 'junk']),
    leads: z.number().describe('What the rep was credited; below zero: debited.'),
    skip: z.enum(['keep', 'lose', 'none']).nullable(),
    reason: z.string().nullable().describe('Null where it was erased, or the policy did it.'),
    by: z.string(),
    assignment: z.string().nullable(),
    decision: z.string().nullable().describe('Of a lead that was marked as junk.'),
  })
  .meta({ id: 'Adjustment' });
