import { z } from 'zod';

/** Minutes after local midnight, `from` included, `to` not; `to` is beyond 1440 when the span runs overnight. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The spans that begin on each day, Monday first; always seven entries, each in order. */
export type WeekHours = readonly (readonly Span[])[];

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)$/;

/** Reads `09:00-17:00`, `22:00-06:00` (overnight) or `00:00-24:00`; null for anything else. */
export const parseSpan = (text: string): Span | null => {
  const parts = SPAN.exec(text);
  if (parts === null) return null;
  const [h1, m1, h2, m2] = parts.slice(1).map(Number) as [number, number, number, number];
  if (h2 === 24 && m2 !== 0) return null;
  const from = h1 * 60 + m1;
  const to = h2 * 60 + m2;
  return from === to ? null : { from, to: to > from ? to : to + 1440 };
};

/** The day numbers (0 is Monday) of `fri` or `mon-fri`; a range may pass Sunday (`sat-mon`). Null: no such days. */
export const parseDays = (text: string): readonly number[] | null => {
  const [first, last, more] = text.split('-');
  const from = DAYS.indexOf(first as Day);
  const to = last === undefined ? from : DAYS.indexOf(last as Day);
  if (from < 0 || to < 0 || more !== undefined) return null;
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
};

/** A span of a day as it is written in a policy. */
export const spanText = z.string().transform((text, ctx): Span => {
  const span = parseSpan(text);
  if (span !== null) return span;
  ctx.addIssue({
    code: 'custom',
    message: `${text} is no time span; write it like 09:00-17:00`,
    input: text,
  });
  return z.NEVER;
});

const spans = z.union([spanText.transform((span) => [span]), z.array(spanText)], {
  error: 'write hours as "09:00-17:00", or a list of such spans',
});

/** Working hours: `{mon-fri: "09:00-17:00", sat: ["09:00-12:00", "13:00-15:00"]}`; a day not named is off. */
export const weekHours = z
  .record(z.string(), spans, { error: 'write hours by day, such as {mon-fri: "09:00-17:00"}' })
  .transform((byDays, ctx): WeekHours => {
    const week: (readonly Span[] | null)[] = DAYS.map(() => null);
    const refuse = (key: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [key], message, input: byDays });
    for (const [key, list] of Object.entries(byDays)) {
      const days = parseDays(key);
      if (days === null) refuse(key, `${key} names no days; write mon, tue … sun or a range such as mon-fri`);
      else if (days.some((day) => week[day] !== null))
        refuse(key, `${key} names a day a second time; give each day once, with a list of spans`);
      else if (overlaps(list)) refuse(key, 'these spans overlap; join them into one');
      else for (const day of days) week[day] = inOrder(list);
    }
    return week.map((list) => list ?? []);
  });

const inOrder = (list: readonly Span[]): readonly Span[] => [...list].sort((a, b) => a.from - b.from);

const overlaps = (list: readonly Span[]): boolean =>
  inOrder(list).some((span, i, all) => i > 0 && all[i - 1]!.to > span.from);
