import { z } from 'zod';
import { parseDuration } from './duration.ts';

const DAY = 86_400_000;

/** An ISO 8601 duration of whole days, as days of a calendar: `P30D`, `P2W`; `P0D` where `least` is 0. At most ten years. */
export const wholeDays = (least: 0 | 1) =>
  z.string().transform((text, ctx): number => {
    const days = (parseDuration(text) ?? -1) / DAY;
    if (Number.isInteger(days) && days >= least && days <= 3650) return days;
    ctx.addIssue({
      code: 'custom',
      message: `${text} is no number of whole days; write ${least === 0 ? 'P0D, ' : ''}P1D, P30D or P1W`,
      input: text,
    });
    return z.NEVER;
  });
