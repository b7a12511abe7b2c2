import { z } from 'zod';
import { USER_PROPERTIES } from './facts.ts';

/** What HubSpot knows of a person's working times. A part that is missing or malformed is left out: no information. */
export interface UserAvailability {
  readonly timezone?: string;
  readonly status?: 'available' | 'away';
  readonly workingHours?: readonly WorkingHours[];
  /** Epoch milliseconds. */
  readonly outOfOffice?: readonly { readonly start: number; readonly end: number }[];
}

/** `days` as HubSpot names them; minutes of the day, 0 to 1440. */
export type WorkingHours = z.infer<typeof workingHours>;

const DAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
  'MONDAY_TO_FRIDAY',
  'SATURDAY_SUNDAY',
  'EVERY_DAY',
] as const;

const minute = z.number().int().min(0).max(1440);

const workingHours = z
  .object({ days: z.enum(DAYS), startMinute: minute, endMinute: minute })
  .refine(({ startMinute, endMinute }) => startMinute < endMinute);

const outOfOffice = z
  .object({ startTimestamp: z.coerce.number().positive(), endTimestamp: z.coerce.number().positive() })
  .transform(({ startTimestamp, endTimestamp }) => ({ start: startTimestamp, end: endTimestamp }))
  .refine(({ start, end }) => start < end);

/** JSON inside a text, as the users object keeps its lists. */
const jsonList = <T>(item: z.ZodType<T>, text: string | null | undefined): readonly T[] | undefined => {
  try {
    const parsed = z.array(item).safeParse(JSON.parse(text ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

const isZone = (text: string | null | undefined): text is string => {
  try {
    return Boolean(text) && Boolean(new Intl.DateTimeFormat('en', { timeZone: text ?? '' }));
  } catch {
    return false;
  }
};

/** Reads a users object's properties. */
export const toAvailability = (properties: Readonly<Record<string, string | null>>): UserAvailability => {
  const status = z.enum(['available', 'away']).safeParse(properties[USER_PROPERTIES.status]).data;
  const timezone = properties[USER_PROPERTIES.timezone];
  const hours = jsonList(workingHours, properties[USER_PROPERTIES.workingHours]);
  const away = jsonList(outOfOffice, properties[USER_PROPERTIES.outOfOffice]);
  return {
    ...(isZone(timezone) && { timezone }),
    ...(status && { status }),
    ...(hours && { workingHours: hours }),
    ...(away && { outOfOffice: away }),
  };
};
