import type { Request } from 'express';
import { z } from 'zod';
import { faultsBody } from '../faults.ts';
import { PUSH_CHANGE } from '../push-switches.ts';
import type { SeedPerson } from './company.ts';
import { validationError } from './errors.ts';
import { HUBSPOT_FAULTS } from './faults.ts';
import type { LimitSettings } from './rate-limits.ts';
import type { Subscription } from './webhook-events.ts';
import type { WebhookSettings } from './webhooks.ts';
import type { Workflow } from './workflow-types.ts';
import type { WorkflowSettings } from './workflows.ts';

const id = z.coerce.string();
const where = z.object({
  portalId: z.number().exactOptional(),
  objectType: z.string().default('contacts'),
  id,
  by: z.string().exactOptional(),
});
const values = z.record(z.string(), z.unknown());

/** Bodies of the control endpoints. A wrong one is answered with 400 and the field at fault. */
export const CONTROL_BODIES = {
  record: z.object({
    portalId: z.number().exactOptional(),
    objectType: z.string().default('contacts'),
    properties: values,
    associations: z.array(z.object({ objectType: z.string(), id })).default([]),
    by: z.string().exactOptional(),
  }),
  update: where.extend({ properties: values }),
  owner: where.extend({ ownerId: z.coerce.string() }),
  where,
  merge: where.extend({ mergeId: id, asNew: z.boolean().exactOptional() }),
  account: z.object({
    portalId: z.number(),
    name: z.string(),
    timezone: z.string().default('UTC'),
    people: z.array(z.custom<SeedPerson>()).default([]),
    workflows: z.array(z.custom<Workflow>()).default([]),
  }),
  workflowRun: z.object({
    portalId: z.number().exactOptional(),
    workflowId: z.number().exactOptional(),
    id,
    inputFields: z.record(z.string(), z.string()).default({}),
  }),
  workflows: z.object({
    portalId: z.number().exactOptional(),
    workflows: z.array(z.custom<Workflow>()),
  }),
  portal: z.object({ portalId: z.number().exactOptional(), scopes: z.array(z.string()).exactOptional() }),
  faults: faultsBody(HUBSPOT_FAULTS),
  settings: z.object({
    limits: z.custom<Partial<LimitSettings>>().optional(),
    webhooks: z.custom<Partial<WebhookSettings>>().optional(),
    pushes: PUSH_CHANGE.optional(),
    workflows: z.custom<Partial<WorkflowSettings>>().optional(),
    subscriptions: z.array(z.custom<Subscription>()).optional(),
    searchLagMs: z.number().optional(),
  }),
} as const;

/** The body as the schema reads it. Throws HubSpotError 400. */
export const parseBody = <T>(schema: z.ZodType<T>, req: Request): T => {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) return parsed.data;
  throw validationError(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
  );
};
