import { z } from 'zod';
import { timezone } from '../routing/policy/scalars.ts';

/**
 * What a CRM knows of when a person works: the one shape all connectors fill, as `times` of a `Person`. A part the CRM
 * does not tell, or tells in a way that cannot be read, is left out: no information.
 */
export const personTimes = z.object({
  /** IANA name. Hours without it are the rep's zone's. */
  timezone: timezone.optional().catch(undefined),
  /**
   * Working hours by day, Monday first, seven lists; minutes after midnight of that day, `to` not included and beyond
   * 1440 where work runs past it. No hours on any day is no information.
   */
  hours: z
    .array(z.array(z.object({ from: z.int().min(0).max(1439), to: z.int().max(2880) }).refine(runsForward)))
    .length(7)
    .refine((week) => week.some((day) => day.length > 0))
    .optional()
    .catch(undefined),
  /** Out of office: instants in epoch milliseconds, `from` included, `to` not. Past ones need not be told. */
  timeOff: z
    .array(z.object({ from: z.number(), to: z.number() }).refine(runsForward))
    .optional()
    .catch(undefined),
});

export type PersonTimes = z.input<typeof personTimes>;

function runsForward({ from, to }: { readonly from: number; readonly to: number }): boolean {
  return from < to;
}
