import { LEAD } from '../ledger/shares.ts';
import { durationInWords } from '../policy/duration.ts';
import type { Durations } from '../simulate/durations.ts';

/** `12,000` */
export const wholeText = (count: number): string => count.toLocaleString('en');

/** `12,000 leads`, `1 lead` */
export const leadsText = (count: number): string => (count === 1 ? '1 lead' : `${wholeText(count)} leads`);

/** `12.5 %` of a part between 0 and 1. */
export const percentText = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** Millionths of a lead, in leads: `0.83`. */
export const lagText = (millionths: number): string =>
  (Math.round(millionths / (LEAD / 100)) / 100 + 0).toFixed(2);

/** `+12`, `-3`, `0` */
export const changeText = (change: number): string =>
  change > 0 ? `+${wholeText(change)}` : wholeText(change);

/** `half within 5 minutes, nine of ten within 2 hours, the longest 1 day` */
export const durationsText = ({ median, p90, worst }: Durations): string =>
  median === null || p90 === null || worst === null
    ? 'none'
    : `half ${within(median)}, nine of ten ${within(p90)}, the longest ${worst === 0 ? 'at once' : durationInWords(worst)}`;

const within = (duration: number): string =>
  duration === 0 ? 'at once' : `within ${durationInWords(duration)}`;
