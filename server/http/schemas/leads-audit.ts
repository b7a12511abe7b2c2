import { z } from 'zod';
import type { LeadsAudit } from '../../assignments/audit-leads.ts';

const instant = z.number().describe('Epoch milliseconds.');
const part = z.number().describe('A part of all, 0 to 1.');
const leads = z.number().describe('Leads.');

const owner = z.object({
  owner: z.string(),
  leads: z.int(),
  share: part,
  owed: leads.describe('What an equal share of the leads between their first and last would have been.'),
  idealShare: part,
  worstLag: leads.describe('The furthest they ever were from it: owed minus received, then.'),
  worstAt: instant,
  longestStreak: z.int().describe('The most leads in a row.'),
  longestGap: z.number().describe('The longest without a lead. Milliseconds.'),
  gapLeads: z.int().describe('The most leads that others had in between.'),
  first: instant,
  last: instant,
});

/** How evenly a file’s leads were shared. */
export const leadsAuditView: z.ZodType<LeadsAudit> = z
  .object({
    leads: z.int(),
    from: instant,
    to: instant,
    owners: z.array(owner).readonly().describe('Most leads first.'),
    worstLag: leads,
    test: z
      .object({ statistic: z.number(), freedom: z.int(), chance: part })
      .nullable()
      .describe('Pearson’s chi-square test of equal chances; null: too few leads to say.'),
    hours: z
      .object({
        byHour: z.array(z.int()).readonly().describe('Leads by hour of the day, 0 to 23.'),
        onWeekends: z.int(),
        toAbsent: z.object({ leads: z.int(), of: z.int() }).nullable(),
      })
      .nullable()
      .describe('null: the file gives days only.'),
    withoutOwner: z.int(),
    withoutTime: z.int(),
    datesOnly: z.boolean(),
    timezone: z.string(),
    says: z.array(z.string()).readonly().describe('What holds, for people.'),
  })
  .meta({ id: 'LeadsAudit' });
