import { z } from 'zod';
import { CRMS, type Crm, id, name } from './scalars.ts';
import { strictObject } from './strict-object.ts';

/** A named place for leads without a rep. */
export interface Queue {
  readonly id: string;
  readonly name: string;
  /** What it is in each CRM: a queue's own name, or the owner (e-mail) who stands for it. */
  readonly targets: Readonly<Partial<Record<Crm, QueueTarget>>>;
}

export type QueueTarget = { readonly queue: string } | { readonly owner: string };

const target = z
  .union([z.string().min(1), strictObject({ owner: z.string().min(1) })], {
    error: 'write the name of the queue, or {owner: someone@example.com}',
  })
  .transform((given): QueueTarget => (typeof given === 'string' ? { queue: given } : given))
  .optional();

/** One entry of `queues:`. */
export const queue = strictObject({
  id,
  name: name.optional(),
  hubspot: target,
  salesforce: target,
  dynamics: target,
  zoho: target,
  pipedrive: target,
}).transform(
  (given): Queue => ({
    id: given.id,
    name: given.name ?? given.id,
    targets: Object.fromEntries(
      CRMS.flatMap((crm) => (given[crm] === undefined ? [] : [[crm, given[crm]] as const])),
    ),
  }),
);
