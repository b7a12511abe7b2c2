import { z } from 'zod';
import type { WhyNotView } from '../../assignments/views.ts';
import { namedRef } from './common.ts';

/** Why a rep did not have a lead, or did, and what would have changed it. */
export const whyNotView: z.ZodType<WhyNotView> = z
  .object({
    rep: namedRef,
    chosen: z.boolean(),
    code: z.string().nullable().describe('Their code among the candidates; null: no step looked at them.'),
    because: z.string().describe('The first reason, in words.'),
    change: z
      .object({
        text: z.string().meta({ example: 'with 2 more free slots for open leads' }),
        facts: z.array(z.object({ kind: z.string(), text: z.string() })),
        asOfNow: z
          .boolean()
          .describe('Somebody the decision had not looked at comes into it, as they stand now.'),
      })
      .nullable()
      .describe(
        'The smallest change that would have made them the choice, decided with; null: none was found.',
      ),
    next: z
      .object({ leads: z.int().nullable(), text: z.string() })
      .nullable()
      .describe('When they are next, if everybody stays as available as they were.'),
    unknown: z
      .enum(['erased', 'not_asked', 'not_repeatable'])
      .nullable()
      .describe(
        'Why nothing can be worked out: the personal data was erased, the policy was not asked, or deciding again gives something else.',
      ),
  })
  .meta({ id: 'WhyNot' });
