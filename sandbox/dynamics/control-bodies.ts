import type { Request } from 'express';
import { z } from 'zod';
import { faultsBody } from '../faults.ts';
import { PUSH_CHANGE } from '../push-switches.ts';
import type { Automation } from './automation.ts';
import type { SeedTeam, SeedUser } from './company.ts';
import { refused } from './errors.ts';
import { DYNAMICS_FAULTS } from './faults.ts';
import type { LimitSettings } from './protection-limits.ts';
import type { Installed } from './schema/tables.ts';

const name = z.string().exactOptional();
const by = z.string().exactOptional();
const table = z.string().default('lead');
const where = z.object({ name, table, id: z.string(), by });
const values = z.record(z.string(), z.unknown());

/** Bodies of the control endpoints. A wrong one is answered with 400 and the field at fault. */
export const CONTROL_BODIES = {
  record: z.object({ name, table, values, by }),
  where,
  update: where.extend({ values }),
  owner: where.extend({ ownerId: z.string() }),
  merge: where.extend({ mergeId: z.string() }),
  environment: z.object({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    friendlyName: z.string(),
    users: z.array(z.custom<SeedUser>()).default([]),
    teams: z.array(z.custom<SeedTeam>()).default([]),
    solution: z.boolean().exactOptional(),
  }),
  named: z.object({ name }),
  revoke: z.object({ name, how: z.enum(['consent', 'user']).default('consent') }),
  faults: faultsBody(DYNAMICS_FAULTS),
  settings: z.object({
    name,
    automation: z.custom<Partial<Automation>>().optional(),
    installed: z.custom<Partial<Installed>>().optional(),
    limits: z.custom<Partial<LimitSettings>>().optional(),
    pushes: PUSH_CHANGE.optional(),
    tokenMs: z.number().min(0).optional(),
  }),
} as const;

/** The body as the schema reads it. Throws DynamicsError 400. */
export const parseBody = <T>(schema: z.ZodType<T>, req: Request): T => {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) return parsed.data;
  throw refused(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
  );
};
