import { z } from 'zod';
import type { PersonTimes } from '../../assignments/person-times.ts';
import { USER_PROPERTIES } from './facts.ts';

/** The days each of HubSpot's names stands for; 0 is Monday. */
const DAYS = {
  MONDAY: [0],
  TUESDAY: [1],
  WEDNESDAY: [2],
  THURSDAY: [3],
  FRIDAY: [4],
  SATURDAY: [5],
  SUNDAY: [6],
  MONDAY_TO_FRIDAY: [0, 1, 2, 3, 4],
  SATURDAY_SUNDAY: [5, 6],
  EVERY_DAY: [0, 1, 2, 3, 4, 5, 6],
} as const satisfies Readonly<Record<string, readonly number[]>>;

type DaysName = keyof typeof DAYS;

const minute = z.number().int().min(0).max(1440);

const workingHours = z
  .object({ days: z.enum(Object.keys(DAYS) as DaysName[]), startMinute: minute, endMinute: minute })
  .refine(({ startMinute, endMinute }) => startMinute < endMinute);

const outOfOffice = z
  .object({ startTimestamp: z.coerce.number().positive(), endTimestamp: z.coerce.number().positive() })
  .transform(({ startTimestamp, endTimestamp }) => ({ from: startTimestamp, to: endTimestamp }))
  .refine(({ from, to }) => from < to);

/** JSON inside a text, as the users object keeps its lists. None is no information. */
const jsonList = <T>(item: z.ZodType<T>, text: string | null | undefined): T[] => {
  try {
    return z.array(item).safeParse(JSON.parse(text ?? '')).data ?? [];
  } catch {
    return [];
  }
};

const isZone = (text: string | null | undefined): text is string => {
  try {
    return Boolean(text) && Boolean(new Intl.DateTimeFormat('en', { timeZone: text ?? '' }));
  } catch {
    return false;
  }
};

/** By day, Monday first. */
const toWeek = (list: readonly z.infer<typeof workingHours>[]) =>
  Array.from({ length: 7 }, (_, day) =>
    list.flatMap(({ days, startMinute, endMinute }) =>
      (DAYS[days] as readonly number[]).includes(day) ? [{ from: startMinute, to: endMinute }] : [],
    ),
  );

/** Reads when a person works from a users object's properties. What is missing or malformed is left out. */
export const toTimes = (properties: Readonly<Record<string, string | null>>): PersonTimes => {
  const timezone = properties[USER_PROPERTIES.timezone];
  const hours = jsonList(workingHours, properties[USER_PROPERTIES.workingHours]);
  const timeOff = jsonList(outOfOffice, properties[USER_PROPERTIES.outOfOffice]);
  return {
    ...(isZone(timezone) && { timezone }),
    ...(hours.length > 0 && { hours: toWeek(hours) }),
    ...(timeOff.length > 0 && { timeOff }),
  };
};
