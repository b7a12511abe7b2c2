import { z } from 'zod';
import { id, objectType } from './common.ts';

const text = z.string().max(2_000);

const value = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(1_000)).max(100),
  z.strictObject({ amount: z.number(), currency: z.string().length(3) }),
]);

/** A lead as an API caller gives it. */
export const newLead = z
  .strictObject({
    fields: z
      .record(z.string().min(1).max(100), value)
      .refine((fields) => Object.keys(fields).length <= 200, 'must have at most 200 fields')
      .describe("Values by the policy's declared field names."),
    events: z
      .array(z.strictObject({ kind: z.string().min(1).max(100), at: z.iso.datetime({ offset: true }) }))
      .max(200, 'must have at most 200 events')
      .optional()
      .describe('What the lead did, by the kinds of events the policy declares.'),
    source: text.optional().describe('Where the lead came from, in your words.'),
    record: z
      .strictObject({
        connection: id,
        objectType,
        recordId: id,
      })
      .optional()
      .describe('The CRM record to own; it is read before the decision.'),
    person: z
      .strictObject({
        name: text,
        company: text,
        email: text,
        phone: text,
        message: z.string().max(10_000),
        url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
      })
      .partial()
      .optional()
      .describe('Who the lead is, as people will see it.'),
    again: z.boolean().optional().describe('Route again although the lead was routed before.'),
  })
  .meta({ id: 'NewLead' });

export type NewLead = z.infer<typeof newLead>;
