import { z } from 'zod';
import type { RepHome } from '../../assignments/rep-home.ts';
import { instant, namedRef, person } from './common.ts';

const row = { assignmentId: z.string(), person: person.nullable(), crm: z.string().nullable() };

const counted = <T extends z.ZodType>(item: T) => z.object({ total: z.int(), shown: z.array(item) });

/** What a rep sees of themselves. */
export const repHome = z
  .object({
    rep: namedRef,
    timezone: z.string(),
    asOf: instant,
    logOnly: z.boolean().describe('Nothing is offered to anybody.'),
    away: z
      .object({ since: instant, until: instant.nullable() })
      .nullable()
      .describe('Time off they set themselves; `until` null: until they switch back.'),
    availability: z.object({
      code: z.enum(['available', 'off_hours', 'time_off', 'holiday', 'paused']),
      backAt: instant.nullable(),
    }),
    manager: z.string().nullable(),
    offers: counted(
      z.object({
        ...row,
        expiresAt: instant.nullable(),
        offerees: z.int(),
        pool: namedRef.nullable(),
      }),
    ),
    leads: counted(
      z.object({ ...row, since: instant, written: z.enum(['none', 'pending', 'done', 'refused']) }),
    ),
    pools: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        weight: z.number(),
        totalWeight: z.number(),
        lag: z.number().describe('In leads: above zero they are owed, below they are ahead.'),
        received: z.int(),
      }),
    ),
  })
  .meta({ id: 'RepHome' });

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** A rep's home as it is sent: instants in ISO 8601. */
export const viewRepHome = (home: RepHome): z.output<typeof repHome> => ({
  ...home,
  asOf: iso(home.asOf),
  away: home.away && { since: iso(home.away.since), until: isoOrNull(home.away.until) },
  availability: { code: home.availability.code, backAt: isoOrNull(home.availability.backAt) },
  offers: {
    total: home.offers.total,
    shown: home.offers.shown.map((offer) => ({ ...offer, expiresAt: isoOrNull(offer.expiresAt) })),
  },
  leads: {
    total: home.leads.total,
    shown: home.leads.shown.map((lead) => ({ ...lead, since: iso(lead.since) })),
  },
  pools: [...home.pools],
});
