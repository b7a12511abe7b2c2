import { ago, exact } from '../lib/time.ts';

/** A time as people say it; the exact instant, in the reader's zone, on hovering. */
export const Ago = ({ iso, now }: { iso: string; now: number }) => (
  <time className="ago" dateTime={iso} title={exact(iso)}>
    {ago(iso, now)}
  </time>
);
