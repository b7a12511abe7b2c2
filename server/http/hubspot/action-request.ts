import { z } from 'zod';

const idLike = z.union([z.number(), z.string().min(1).max(100)]).transform(String);

const isTexts = (value: unknown): value is Readonly<Record<string, string | null>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((one) => one === null || typeof one === 'string');

/** Properties by name. One look over them all: a schema per value costs more than everything else here together. */
const properties = z
  .custom<Readonly<Record<string, string | null>>>(isTexts, 'must hold texts by property name')
  .meta({ override: { type: 'object', additionalProperties: { type: ['string', 'null'] } } });

/** The record a workflow action runs for, with the properties the action asks HubSpot to send along. */
const hubspotObject = z.object({
  objectId: idLike,
  objectType: z
    .enum(['CONTACT', 'COMPANY', 'DEAL', 'LEAD'], 'must be CONTACT, COMPANY, DEAL or LEAD')
    .transform((type) => type.toLowerCase()),
  properties: properties.default({}),
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
