import { Hourglass } from 'lucide-react';
import { clock, countdown } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';

/** How long the offer still stands. */
export function OfferCountdown({ expiresAt }: { expiresAt: string }) {
  const now = useNow();
  const left = countdown(expiresAt, now);
  return (
    <p className="countdown" role="timer">
      <Hourglass size={15} aria-hidden="true" />
      {left === null
        ? `The offer ran until ${clock(expiresAt, now)}.`
        : `To be claimed by ${clock(expiresAt, now)}, in ${left}.`}
    </p>
  );
}
