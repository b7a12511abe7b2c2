import { z } from 'zod';

const record = { objectType: z.string(), recordId: z.string() };

/** What a vendor told us, in our words and without personal data: a row of the inbox. A closed union. */
export const inboxEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('record_changed'), ...record }),
  z.object({ kind: z.literal('owner_changed'), ...record, ownerId: z.string().nullable(), at: z.number() }),
  z.object({ kind: z.literal('record_gone'), ...record, mergedInto: z.string().nullable() }),
  z.object({ kind: z.literal('erase'), ...record }),
  /** People, their hours or their time off changed in the CRM: the connection is imported again. */
  z.object({ kind: z.literal('people_changed') }),
]);

export type InboxEvent = z.infer<typeof inboxEvent>;
