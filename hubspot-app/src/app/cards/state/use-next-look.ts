import { useEffect, useRef } from 'react';
import type { RecordCard } from '../record-card.ts';

/** A moment for the service to act on what fell due. */
const GRACE_MS = 2_000;
/** An owner on its way to HubSpot is looked for this often. */
const PENDING_MS = 5_000;
/** HubSpot allows an app few requests at once: a card that is left open stops asking. */
const MOST_LOOKS = 12;
/** Nobody leaves a card open for longer than this; timers cannot count much further either. */
const FARTHEST_MS = 24 * 3_600_000;

/** When the card should be read again by itself, in milliseconds from `now`; null when nothing is to come. */
export function nextLook({ standing }: RecordCard, now: number): number | null {
  if (standing === null || standing.state === 'closed') return null;
  if (standing.written === 'pending') return PENDING_MS;
  const due = standing.expiresAt ?? standing.retryAt;
  const delay = due === null ? Number.NaN : Math.max(Date.parse(due) - now, 0) + GRACE_MS;
  return delay <= FARTHEST_MS ? delay : null;
}

/** Reads the card again when something on it falls due: an offer's end, a waiting lead's next try. */
export function useNextLook(card: RecordCard | null, look: () => Promise<void>): void {
  const looks = useRef(0);
  useEffect(() => {
    const delay = card === null ? null : nextLook(card, Date.now());
    if (delay === null || looks.current >= MOST_LOOKS) return;
    const timer = setTimeout(() => {
      looks.current += 1;
      void look();
    }, delay);
    return () => clearTimeout(timer);
  }, [card, look]);
}
