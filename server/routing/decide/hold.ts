import { evaluate } from '../conditions/evaluate.ts';
import type { LeadHistory } from '../lead.ts';
import type { Taken, Walk } from './walk.ts';

/** Stands for the hold where steps have their keys: among a lead's waits, and as the step it waits at. */
export const HOLD = 'hold';

/** Whether the lead was held when it was decided last, or has been. */
export const wasHeld = ({ waits }: LeadHistory): boolean => waits[HOLD] !== undefined;

/**
 * Whether the policy holds the lead back, and until when: it has just come, its condition is not true yet, and there is
 * time left. Once somebody was asked about a lead it is not held any more.
 */
export const holdBack = ({ lead: { history }, derived, compiled, now }: Walk): Taken | null => {
  const { hold, timezone } = compiled.policy;
  if (hold === undefined || wasAsked(history)) return null;
  const retryAt = (history.waits[HOLD] ?? now) + hold.atMost;
  if (now >= retryAt || evaluate(hold.until, derived.values, { now, timezone }) === true) return null;
  const { meanwhile = null } = hold;
  return { outcome: { because: 'held', kind: 'waiting', meanwhile, retryAt }, pool: null, posting: null };
};

const wasAsked = ({ attempts, declined, missed, waits }: LeadHistory): boolean =>
  declined.length + missed.length > 0 ||
  Object.keys(attempts).length > 0 ||
  Object.keys(waits).some((key) => key !== HOLD);
