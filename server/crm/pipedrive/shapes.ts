import { z } from 'zod';

const id = z.number();
const values = z.record(z.string(), z.unknown());

/** A record as version 1 or 2 answers it; only what every one has is looked at here. */
export const record = z.looseObject({
  id: z.union([z.number(), z.string()]),
  owner_id: z.number(),
  update_time: z.string(),
});
export type PipedriveRecord = z.infer<typeof record>;

/** A page of version 1 or 2. */
export const page = <T extends z.ZodType>(row: T) =>
  z.object({
    data: z.array(row).nullable(),
    additional_data: z
      .object({
        pagination: z.object({ next_start: z.number().optional() }).optional(),
        next_cursor: z.string().nullish(),
      })
      .nullish(),
  });

export const recordReply = z.object({ data: record });
export const recordPage = page(record);

export const usersReply = z.object({
  data: z.array(
    z.object({
      id,
      name: z.string().nullish(),
      email: z.string().nullish(),
      active_flag: z.boolean(),
      is_deleted: z.boolean().optional(),
      activated: z.boolean().optional().catch(undefined),
      timezone_name: z.string().nullish(),
    }),
  ),
});

export const teamsReply = z.object({
  data: z
    .array(
      z.object({
        name: z.string(),
        users: z.array(id).nullish().catch(null),
        manager_id: id.nullish().catch(null),
        active_flag: z.union([z.boolean(), z.number()]).nullish().catch(null),
      }),
    )
    .nullish(),
});

const note = z.object({ id, content: z.string() });
export const noteReply = z.object({ data: note });
export const notesReply = z.object({ data: z.array(note).nullable() });

const activity = z.object({
  id,
  owner_id: z.number().nullish(),
  lead_id: z.string().nullish(),
  deal_id: z.number().nullish(),
  person_id: z.number().nullish(),
  type: z.string().nullish(),
  done: z.boolean().optional(),
  add_time: z.string(),
  marked_as_done_time: z.string().nullish(),
  note: z.string().nullish(),
});
export const activityPage = page(activity);
export type Activity = z.infer<typeof activity>;

export const webhooksReply = z.object({
  data: z
    .array(
      z.object({
        id,
        event_action: z.string(),
        event_object: z.string(),
        subscription_url: z.string(),
        name: z.string().nullish(),
        is_active: z.number(),
      }),
    )
    .nullable(),
});

export const searchReply = z.object({
  data: z.object({ items: z.array(z.object({ item: z.object({ id: z.union([z.number(), z.string()]) }) })) }),
});

export const jobReply = z.object({ data: z.object({ conversion_id: z.string() }) });
export const jobStatus = z.object({
  data: z.object({
    status: z.enum(['not_started', 'running', 'completed', 'failed', 'rejected']),
    deal_id: z.number().nullish(),
  }),
});

/** A reply whose body does not matter. */
export const anything = values.optional();
