import { z } from 'zod';

export const id = z.string().min(1).max(200);

/** The highest number that versions and revisions are stored under. */
export const MOST_NUMBERED = 2_147_483_647;

/** The kind of a CRM's record, as it goes by here. */
export const objectType = z
  .string()
  .regex(/^[a-z_0-9]{1,60}$/, 'must be a lower-case name')
  .refine((name) => !(name in {}), 'is no kind of record');

/** An id with the name people know it by. */
export const namedRef = z.object({ id: z.string(), name: z.string() }).meta({ id: 'NamedRef' });

/** ISO 8601 in UTC. */
export const instant = z.string().meta({ format: 'date-time', example: '2026-11-23T15:00:00Z' });

export const person = z
  .object({
    name: z.string().nullable(),
    company: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    source: z.string().nullable(),
    message: z.string().nullable(),
    url: z.string().nullable(),
  })
  .meta({ id: 'Person', description: 'Who the lead is; null once erased.' });
