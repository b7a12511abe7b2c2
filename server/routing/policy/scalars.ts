import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { shown } from './refusal.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9_.@+-]{0,99}$/;

/** The id of a rule, pool, queue or rep: letters, digits and `_ . @ + -`, at most 100 characters. */
export const id = z.string().regex(ID, {
  error: (issue) => `${shown(issue.input)} is no id; use letters, digits, _ . - (at most 100)`,
});

export const name = z
  .string()
  .trim()
  .min(1, 'is empty; write a name')
  .max(200, 'is longer than 200 characters');

/** ISO 8601 text to milliseconds, more than zero and at most ten years. */
export const duration = z.string().transform((text, ctx): number => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== null && milliseconds > 0 && milliseconds <= 315_360_000_000) return milliseconds;
  ctx.addIssue({
    code: 'custom',
    message: `${text} is no duration; write PT10M for ten minutes, PT4H, P2D or P1W (no months or years)`,
    input: text,
  });
  return z.NEVER;
});

/** A calendar date that exists: `2026-11-24`. */
export const date = z.iso.date({
  error: (issue) => `${shown(issue.input)} is no date; write it like 2026-11-24`,
});

/** An IANA time zone this machine's zone data knows. */
export const timezone = z.string().refine(isTimezone, {
  error: (issue) => `${shown(issue.input)} is no time zone; write an IANA name such as Europe/London`,
});

function isTimezone(text: string): boolean {
  if (text !== 'UTC' && !text.includes('/')) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== null;
  } catch {
    return false;
  }
}

/** The CRMs whose names may carry a source or a target; what they hold is data for that CRM's part. */
export const CRMS = ['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive'] as const;
export type Crm = (typeof CRMS)[number];
