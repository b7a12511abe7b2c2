import { LEAD } from '../routing/ledger/shares.ts';
import { durationInWords } from '../routing/policy/duration.ts';
import type { Durations } from '../routing/simulate/durations.ts';

/** `12,000` */
export const wholeText = (count: number): string => count.toLocaleString('en');

/** `12,000 leads`, `1 lead` */
export const leadsText = (count: number): string => (count === 1 ? '1 lead' : `${wholeText(count)} leads`);

/** `12.5 %` of a part between 0 and 1. */
export const percentText = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** Millionths of a lead, in leads: `0.83`. */
export const lagText = (millionths: number): string => (millionths / LEAD).toFixed(2);

/** `+12`, `-3`, `0` */
export const changeText = (change: number): string =>
  change > 0 ? `+${wholeText(change)}` : wholeText(change);

/** `half within 5 minutes, nine of ten within 2 hours, the longest 1 day` */
export const durationsText = ({ median, p90, worst }: Durations): string =>
  median === null || p90 === null || worst === null
    ? 'none'
    : `half within ${durationInWords(median)}, nine of ten within ${durationInWords(p90)}, the longest ${durationInWords(worst)}`;
