import { z } from 'zod';
import type { RecordCard } from '../../assignments/views.ts';
import { id, instant, namedRef } from './common.ts';
import { explanationView } from './decision.ts';

const standing = z.object({
  assignment: z.string(),
  version: z.int(),
  state: z.enum(['offered', 'assigned', 'waiting', 'in_queue', 'closed']),
  headline: z.string().describe('One sentence: who has the lead, or what it waits for.'),
  owner: namedRef.nullable(),
  queue: namedRef.nullable(),
  offeredTo: z.array(namedRef),
  expiresAt: instant.nullable(),
  retryAt: instant.nullable(),
  written: z.enum(['none', 'pending', 'done', 'refused']),
  remedy: z.string().nullable(),
});

/** What a card on a record shows. */
export const recordCard: z.ZodType<RecordCard> = z
  .object({
    explanation: explanationView.nullable(),
    standing: standing.nullable(),
    may: z.object({ claim: z.boolean(), decline: z.boolean(), reassign: z.boolean() }),
    declineReasons: z.array(z.object({ code: z.string(), label: z.string() })),
    reps: z.array(namedRef).describe('To whom the lead may be given.'),
    asOf: instant,
  })
  .meta({ id: 'RecordCard' });

const refused = z.object({ code: z.string(), detail: z.string() });

/** What a button on a card is answered with: an expected refusal is no HTTP error. */
export const pressReply = z
  .discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), card: recordCard }),
    z.object({ ok: z.literal(false), error: refused, card: recordCard }),
  ])
  .meta({ id: 'PressReply' });
export type PressReply = z.infer<typeof pressReply>;

export const DECLINE_REASONS = ['not_my_area', 'too_busy', 'conflict', 'bad_lead', 'other'] as const;

export const declineReason = z.enum(DECLINE_REASONS, `must be one of ${DECLINE_REASONS.join(', ')}`);
export const note = z.string().max(1_000).nullish();

/** What each button sends. */
export const PRESSES = {
  claim: z.strictObject({}),
  decline: z.strictObject({ reason: declineReason, note }),
  reassign: z.strictObject({ rep: id, note }),
} as const;
export type PressKind = keyof typeof PRESSES;
