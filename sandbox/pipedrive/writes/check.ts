import type { z } from 'zod';
import type { Account } from '../account.ts';
import { badRequest } from '../errors.ts';
import type { ObjectName, Values } from '../types.ts';

/** A body as the schema reads it. Throws PipedriveError 400. */
export const parsed = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  const words = read.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw badRequest(`Validation failed: ${words.join('; ')}`);
};

/** Where values point at other things. */
const POINTERS: Readonly<Record<string, ObjectName>> = {
  owner_id: 'user',
  user_id: 'user',
  person_id: 'person',
  organization_id: 'organization',
  org_id: 'organization',
  deal_id: 'deal',
  lead_id: 'lead',
};

/** What values point at must be there, and owners must be active. Throws PipedriveError 400. */
export const checkPointers = (account: Account, values: Values): void => {
  for (const [name, object] of Object.entries(POINTERS)) {
    const id = values[name];
    if (id === undefined || id === null) continue;
    const found = account.tables[object].get(String(id));
    if (!found) throw badRequest(`Validation failed: ${name}: the ${object} ${String(id)} does not exist`);
    if (object === 'user' && found.active_flag !== true)
      throw badRequest(`Validation failed: ${name}: the user ${String(id)} is not active`);
  }
};

/** Values that are set to something. */
export const given = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
