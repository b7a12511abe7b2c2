import type { Request } from 'express';
import { z } from 'zod';
import { faultsBody } from '../faults.ts';
import { PUSH_CHANGE } from '../push-switches.ts';
import type { Automation } from './automation.ts';
import type { SeedShift, SeedZohoOrg, SeedZohoUser } from './company.ts';
import { DATA_CENTRES } from './data-centres.ts';
import { ZohoError } from './errors.ts';
import { ZOHO_FAULTS } from './faults.ts';
import type { LimitSettings } from './limits.ts';
import type { PushTiming } from './notifications/pushes.ts';

const domain = z.string().exactOptional();
const by = z.string().exactOptional();
const objectType = z.string().default('Leads');
const where = z.object({ domain, objectType, id: z.string(), by });
const values = z.record(z.string(), z.unknown());

/** Bodies of the control endpoints. A wrong one is answered with 400 and the field at fault. */
export const CONTROL_BODIES = {
  record: z.object({ domain, objectType, values, by }),
  where,
  update: where.extend({ values }),
  owner: where.extend({ ownerId: z.string() }),
  merge: where.extend({ mergeId: z.string() }),
  lock: where.extend({ locked: z.boolean() }),
  activity: z.object({ domain, id: z.string(), kind: z.enum(['call', 'meeting', 'email']), by }),
  org: z.object({
    domain: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.string(),
    timezone: z.string().default('UTC'),
    dc: z.enum(DATA_CENTRES).exactOptional(),
    edition: z.custom<SeedZohoOrg['edition']>().exactOptional(),
    users: z.array(z.custom<SeedZohoUser>()).default([]),
    shifts: z.array(z.custom<SeedShift>()).default([]),
    fairleadFields: z.boolean().exactOptional(),
  }),
  install: z.object({ domain, by }),
  userStatus: z.object({ domain, email: z.string(), status: z.enum(['active', 'disabled', 'unconfirmed']) }),
  faults: faultsBody(ZOHO_FAULTS),
  settings: z.object({
    domain,
    automation: z.custom<Partial<Automation>>().optional(),
    limits: z.custom<LimitSettings>().optional(),
    pushes: PUSH_CHANGE.optional(),
    timing: z.custom<Partial<PushTiming>>().optional(),
    fairleadFields: z.boolean().optional(),
  }),
} as const;

/** The body as the schema reads it. Throws ZohoError 400. */
export const parseBody = <T>(schema: z.ZodType<T>, req: Request): T => {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) return parsed.data;
  throw new ZohoError(
    'INVALID_DATA',
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
  );
};
