import { z } from 'zod';

const idLike = z.union([z.number(), z.string().min(1).max(100)]).transform(String);

/** The record a workflow action runs for, with the properties the action asks HubSpot to send along. */
const hubspotObject = z.object({
  objectId: idLike,
  objectType: z
    .enum(['CONTACT', 'COMPANY', 'DEAL', 'LEAD'], 'must be CONTACT, COMPANY, DEAL or LEAD')
    .transform((type) => type.toLowerCase()),
  properties: z.record(z.string(), z.string().nullable()).default({}),
});

export type HubspotObject = z.infer<typeof hubspotObject>;

/** What HubSpot posts when a workflow reaches the action. Members we do not use are dropped. */
export const actionRequest = z.object({
  callbackId: z.string().min(1).max(300),
  origin: z.object({ portalId: idLike }),
  object: hubspotObject,
  inputFields: z
    .object({ wait: z.enum(['yes', 'no'], 'must be yes or no').default('no') })
    .default({ wait: 'no' }),
});

export type ActionRequest = z.infer<typeof actionRequest>;
