import type { LimitUsage } from '../api/use-connections.ts';

/** From here on somebody should look: ours wait for the customer's other apps at about this much. */
const NEARLY = 0.7;
const FULL = 0.9;

/** How much of a limit is used, between 0 and 1. */
export const shareOf = ({ used, of }: LimitUsage): number =>
  of > 0 ? Math.min(1, Math.max(0, used / of)) : 0;

/** `12,000 of 250,000 calls a day used`. */
const usageText = (usage: LimitUsage): string => {
  const until = usage.resetsAt ? `, until ${new Date(usage.resetsAt).toLocaleTimeString()}` : '';
  return `${usage.used.toLocaleString()} of ${usage.of.toLocaleString()} ${usage.limit} used${until}`;
};

/** How full a vendor's limit on calls is: a bar for the eye, the numbers for a screen reader. */
export const LimitGauge = ({ usage }: { usage: LimitUsage }) => {
  const share = shareOf(usage);
  const tone = share >= FULL ? 'full' : share >= NEARLY ? 'nearly' : 'fine';
  return (
    <>
      <span className="gauge" data-tone={tone} aria-hidden="true">
        <i style={{ inlineSize: `${Math.round(share * 100)}%` }} />
      </span>
      {tone !== 'fine' && <span aria-hidden="true">{Math.round(share * 100)} %</span>}
      <span className="sr">, {usageText(usage)}</span>
    </>
  );
};
