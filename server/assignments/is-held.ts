import type { LeadFile } from './lane-session.ts';

/** Whether the policy holds the lead until something is known of it: whatever tells of it anew has it decided again. */
export const isHeld = ({ assignment, decision }: LeadFile): boolean => {
  const { outcome } = decision.result;
  return assignment.state === 'waiting' && outcome.kind === 'waiting' && outcome.because === 'held';
};
