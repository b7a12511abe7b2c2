import { z } from 'zod';
import { ReadFailed } from '../failures.ts';
import type { Reply } from './client.ts';
import { toFailure } from './failures.ts';

/** What we read of HubSpot's replies. Members we have no use for are dropped. Source: the 2026-03 descriptions. */
const idText = z.union([z.string(), z.number()]).transform(String);

export const crmObject = z.object({
  id: idText,
  properties: z.record(z.string(), z.string().nullable()).default({}),
  archived: z.boolean().default(false),
});
export type CrmObject = z.infer<typeof crmObject>;

/** One refusal inside a 207; `context` names the input by `ids` or `objectWriteTraceId`. */
const batchError = z.object({
  message: z.string().default(''),
  category: z.string().default(''),
  context: z.record(z.string(), z.array(z.string())).default({}),
});
export type BatchError = z.infer<typeof batchError>;

export const batchReply = z.object({
  results: z.array(crmObject.extend({ objectWriteTraceId: z.string().optional() })),
  errors: z.array(batchError).default([]),
});

export const searchReply = z.object({
  total: z.number(),
  results: z.array(crmObject),
  paging: z.object({ next: z.object({ after: idText }).optional() }).optional(),
});

export const associationsReply = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: idText }),
      to: z.array(
        z.object({
          toObjectId: idText,
          associationTypes: z
            .array(z.object({ label: z.string().nullish(), typeId: z.number().optional() }))
            .default([]),
        }),
      ),
    }),
  ),
});

export const pipelinesReply = z.object({
  results: z.array(
    z.object({
      id: idText,
      archived: z.boolean().default(false),
      stages: z.array(
        z.object({
          id: idText,
          label: z.string().default(''),
          metadata: z.record(z.string(), z.coerce.string()).default({}),
        }),
      ),
    }),
  ),
});

export const ownersReply = z.object({
  results: z.array(
    z.object({
      id: idText,
      email: z.string().nullish(),
      type: z.string().default('PERSON'),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      userId: z.number().nullish(),
      archived: z.boolean().default(false),
      teams: z
        .array(z.object({ id: idText, name: z.string().nullish(), primary: z.boolean().default(false) }))
        .nullish(),
    }),
  ),
  paging: z.object({ next: z.object({ after: idText }).optional() }).optional(),
});

export const propertiesReply = z.object({ results: z.array(z.object({ name: z.string() })) });

/**
 * A read's body, typed. Throws ReadFailed: retryable where the same read may succeed later, and saying what to do where
 * it will not.
 */
export const readBody = <T>(schema: z.ZodType<T>, reply: Reply): T => {
  if (reply.status >= 300) throw new ReadFailed('HubSpot', toFailure(reply));
  const parsed = schema.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  const words = `HubSpot's answer was not understood: ${parsed.error.issues[0]?.message}.`;
  throw new ReadFailed('HubSpot', { kind: 'refused', code: 'not_understood', remedy: words });
};
