import { z } from 'zod';
import { id, instant, objectType } from './common.ts';

const days = (least: number) =>
  z
    .int('must be whole days')
    .min(least, `must be at least ${least} days`)
    .max(36_500, 'must be at most 36,500 days');

/** How long things are kept. */
export const retention = z
  .strictObject({
    closedLeadsDays: days(1)
      .nullable()
      .describe('Personal data of leads that are closed, in days; null: as long as the workspace.'),
    deletedLeadsDays: days(1)
      .nullable()
      .describe('Personal data of leads whose record was deleted in its CRM, in days; null: as closed ones.'),
    deliveriesDays: days(7).describe('Writes and messages that have ended, and closed alerts, in days.'),
    repliesDays: days(1).describe('Replies kept for requests that are repeated, in days.'),
  })
  .meta({
    id: 'Retention',
    description: 'How long what is kept. Decisions and the ledger stay with the workspace.',
  });

export const deletion = z
  .object({
    askedAt: instant,
    askedBy: z.string(),
    deletesAt: instant.describe('Until then it can be taken back.'),
  })
  .meta({ id: 'WorkspaceDeletion' });

const erasure = z
  .object({
    id: z.string(),
    at: instant,
    by: z.string().describe('Who had it done; a connection: its CRM told of it.'),
    because: z.enum(['asked', 'vendor', 'retention']),
    leads: z.int(),
    removed: z.record(z.string(), z.int()).describe('Other rows that went, by table.'),
  })
  .meta({ id: 'Erasure', description: 'That personal data was erased, without whose.' });

/** What of a workspace is kept, and whether it ends. */
export const workspaceView = z
  .object({
    id: z.string(),
    name: z.string(),
    deletion: deletion.nullable().describe('null: it stays.'),
    retention,
    lastRoundAt: instant.nullable().describe('When what is over was last erased; null: not yet.'),
    erasures: z.array(erasure).describe('The latest first.'),
  })
  .meta({ id: 'Workspace' });

/** Whose data is to be erased. */
export const personAsked = z
  .strictObject({
    email: z
      .email('must be an e-mail address')
      .max(320)
      .optional()
      .describe('Wherever it stands among the values of a lead.'),
    record: z
      .strictObject({
        connection: id,
        objectType,
        recordId: id,
      })
      .optional()
      .describe('A record of theirs: its lead, and all others of the addresses it has.'),
  })
  .refine(({ email, record }) => (email === undefined) !== (record === undefined), {
    path: ['email'],
    message: 'name an e-mail address or a record, and not both',
  })
  .meta({ id: 'PersonAsked' });
