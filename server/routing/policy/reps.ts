import { z } from 'zod';
import type { Capacity, Results } from '../state.ts';
import { CAPS } from '../state.ts';
import { shown } from './refusal.ts';
import { date, id, name, timezone } from './scalars.ts';
import { strictObject } from './strict-object.ts';
import { type WeekHours, weekHours } from './week-hours.ts';

/** A person who takes leads, as the directory (or `reps:` in a file) describes them. */
export interface Rep {
  readonly id: string;
  readonly name: string;
  /** Lower case; null: unknown. */
  readonly email: string | null;
  /** null: the policy's. */
  readonly timezone: string | null;
  /** null: the policy's. */
  readonly hours: WeekHours | null;
  readonly holidays: Holidays;
  readonly timeOff: readonly TimeOff[];
  readonly capacity: Capacity;
  readonly skills: Readonly<Record<string, string | readonly string[]>>;
  /** A rep's id or e-mail, as written. */
  readonly manager: string | null;
  readonly teams: readonly string[];
  /** How their leads ended so far; absent: not known. */
  readonly results?: Results;
}

/** Days off by calendar (ISO 3166 country, or country and region: `US`, `DE-BY`) and by date in the rep's zone. */
export interface Holidays {
  readonly calendars: readonly string[];
  readonly dates: readonly string[];
}

/** Dates in the rep's zone, both inclusive. */
export interface TimeOff {
  readonly from: string;
  readonly to: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const calendar = z
  .string()
  .regex(
    /^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$/,
    'write a calendar such as US or DE-BY, or a date such as 2026-12-24',
  );
const holiday = z.union([date, calendar], {
  error: 'write a calendar such as US or DE-BY, or a date such as 2026-12-24',
});

const holidays = z
  .union([holiday.transform((one) => [one]), z.array(holiday)], {
    error: 'write a calendar such as US or DE-BY, or a list of calendars and dates such as 2026-12-24',
  })
  .transform(
    (list): Holidays => ({
      calendars: list.filter((entry) => !DATE.test(entry)),
      dates: list.filter((entry) => DATE.test(entry)).sort(),
    }),
  );

const timeOff = strictObject({ from: date, to: date.optional() }).transform((given, ctx): TimeOff => {
  const to = given.to ?? given.from;
  if (to < given.from)
    ctx.addIssue({
      code: 'custom',
      path: ['to'],
      message: `${to} is before ${given.from}; swap them`,
      input: to,
    });
  return { from: given.from, to };
});

const limit = z
  .int('write a whole number')
  .min(0, 'must not be negative')
  .max(1_000_000, 'is beyond 1,000,000');
const capacity = strictObject(
  Object.fromEntries(CAPS.map((cap) => [cap, limit.optional()])) as Record<
    (typeof CAPS)[number],
    z.ZodOptional<typeof limit>
  >,
).transform(
  (given): Capacity => Object.fromEntries(Object.entries(given).filter(([, n]) => n !== undefined)),
);

const results = strictObject({ won: limit, decided: limit }).refine(
  ({ won, decided }) => won <= decided,
  'has more won than decided leads; decided counts those that were lost as well',
);

const skill = z
  .string({ error: (issue) => `must be text; put ${shown(issue.input)} in quotes` })
  .trim()
  .min(1);
const skills = z.record(
  z.string().regex(/^[A-Za-z]\w{0,63}$/, 'is no skill name; use letters, digits and _'),
  z.union([skill, z.array(skill)], { error: 'write a text or a list of texts, numbers in quotes' }),
);

/** One rep of the directory or of a file's `reps:`. */
export const repSchema = strictObject({
  id,
  name: name.optional(),
  email: z
    .email({ error: (issue) => `${shown(issue.input)} is no e-mail address` })
    .toLowerCase()
    .optional(),
  timezone: timezone.optional(),
  hours: weekHours.optional(),
  holidays: holidays.optional(),
  timeOff: z.array(timeOff).optional(),
  capacity: capacity.optional(),
  skills: skills.optional(),
  manager: z.string().optional(),
  teams: z.array(id).optional(),
  results: results.optional(),
}).transform(
  (given): Rep => ({
    id: given.id,
    name: given.name ?? given.id,
    email: given.email ?? null,
    timezone: given.timezone ?? null,
    hours: given.hours ?? null,
    holidays: given.holidays ?? { calendars: [], dates: [] },
    timeOff: given.timeOff ?? [],
    capacity: given.capacity ?? {},
    skills: given.skills ?? {},
    manager: given.manager ?? null,
    teams: given.teams ?? [],
    ...(given.results && { results: given.results }),
  }),
);
