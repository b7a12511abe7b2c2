import { ago, exact, moment } from '../lib/time.ts';

/** A time as people say it; the exact instant, in the reader's zone, on hovering. */
export const Ago = ({ iso, now }: { iso: string; now: number }) => (
  <time className="ago" dateTime={iso} title={exact(iso)}>
    {ago(iso, now)}
  </time>
);

/** A day and time; the exact instant on hovering. */
export const At = ({ iso }: { iso: string }) => (
  <time dateTime={iso} title={exact(iso)}>
    {moment(iso)}
  </time>
);
