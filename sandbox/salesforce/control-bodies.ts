import type { Request } from 'express';
import { z } from 'zod';
import { faultsBody } from '../faults.ts';
import { PUSH_CHANGE } from '../push-switches.ts';
import type { LimitSettings } from './api-limits.ts';
import type { Automation } from './automation.ts';
import type { SeedQueue, SeedUser } from './company.ts';
import { SalesforceError } from './errors.ts';
import { SALESFORCE_FAULTS } from './faults.ts';
import type { FlowSettings } from './flow/create-flow.ts';
import type { OAuthSettings } from './oauth/app.ts';

const domain = z.string().exactOptional();
const by = z.string().exactOptional();
const where = z.object({ domain, objectType: z.string().default('Lead'), id: z.string(), by });
const values = z.record(z.string(), z.unknown());

/** Bodies of the control endpoints. A wrong one is answered with 400 and the field at fault. */
export const CONTROL_BODIES = {
  record: z.object({
    domain,
    objectType: z.string().default('Lead'),
    values,
    by,
    autoAssign: z.boolean().default(false),
  }),
  where,
  update: where.extend({ values }),
  owner: where.extend({ ownerId: z.string() }),
  merge: where.extend({ mergeId: z.string() }),
  org: z.object({
    domain: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.string(),
    timezone: z.string().default('UTC'),
    users: z.array(z.custom<SeedUser>()).default([]),
    queues: z.array(z.custom<SeedQueue>()).default([]),
    packageInstalled: z.boolean().exactOptional(),
    fairleadCredential: z.string().exactOptional(),
  }),
  install: z.object({ domain, by }),
  flow: z.object({
    domain,
    ids: z.array(z.string()).min(1),
    by,
    requestId: z.string().exactOptional(),
  }),
  faults: faultsBody(SALESFORCE_FAULTS),
  settings: z.object({
    domain,
    automation: z.custom<Partial<Automation>>().optional(),
    oauth: z.custom<Partial<OAuthSettings>>().optional(),
    limits: z.custom<Partial<LimitSettings>>().optional(),
    flow: z.custom<Partial<FlowSettings>>().optional(),
    pushes: PUSH_CHANGE.optional(),
    changeData: z.enum(['on', 'off', 'not_in_edition']).optional(),
    packageInstalled: z.boolean().optional(),
    fairleadCredential: z.string().optional(),
  }),
} as const;

/** The body as the schema reads it. Throws SalesforceError 400. */
export const parseBody = <T>(schema: z.ZodType<T>, req: Request): T => {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) return parsed.data;
  throw new SalesforceError(
    'INVALID_INPUT',
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
  );
};
