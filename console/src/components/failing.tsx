import { CloudOff } from 'lucide-react';
import { useNow } from '../lib/use-now.ts';
import { Ago } from './ago.tsx';

/** The service is away: what is shown is the last that was known. */
export function Failing({ since }: { since: number | null }) {
  const now = useNow();
  return (
    <p className="alert alert-failing" role="alert">
      <CloudOff size={18} aria-hidden="true" />
      <span>
        <strong>Fairlead cannot be reached.</strong> What you see is the last we heard. Trying again every few
        seconds; if it lasts, see whether the service is running.
      </span>
      {since !== null && <Ago iso={new Date(since).toISOString()} now={now} />}
    </p>
  );
}
