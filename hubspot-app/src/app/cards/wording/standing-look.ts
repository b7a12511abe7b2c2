import type { StatusTagProps } from '@hubspot/ui-extensions';
import type { RecordCard } from '../record-card.ts';
import { messages } from './messages.ts';

export interface Look {
  readonly label: string;
  readonly variant: NonNullable<StatusTagProps['variant']>;
}

const LOOKS = {
  offered: { label: messages.states.offered, variant: 'info' },
  assigned: { label: messages.states.assigned, variant: 'success' },
  waiting: { label: messages.states.waiting, variant: 'warning' },
  in_queue: { label: messages.states.in_queue, variant: 'default' },
  closed: { label: messages.states.closed, variant: 'default' },
  merged: { label: messages.states.merged, variant: 'default' },
  not_routed: { label: messages.states.not_routed, variant: 'default' },
} as const satisfies Record<string, Look>;

/** How the lead stands, in two words and a colour. Without a standing, the latest decision says it. */
export function standingLook({ standing, explanation, may }: RecordCard): Look {
  if (standing?.state === 'offered' && may.claim)
    return { label: messages.states.offeredToYou, variant: 'warning' };
  const outcome = explanation?.outcome;
  if (
    standing === null ||
    (standing.state === 'closed' && (outcome === 'merged' || outcome === 'not_routed'))
  )
    return LOOKS[outcome ?? 'not_routed'];
  return LOOKS[standing.state];
}
