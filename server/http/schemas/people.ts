import { z } from 'zod';
import { LEAST_ROLES, ROLES } from '../../base/roles.ts';
import { instant, namedRef } from './common.ts';

export const role = z.enum(ROLES);

/** What people may be who come uninvited. */
export const leastRole = z.enum(LEAST_ROLES).nullable();

export const personEntry = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: role.nullable().describe('null: waits until an owner lets them in.'),
    signedInAt: instant.nullable(),
    providers: z.array(z.string()).describe('What they sign in with.'),
    sessions: z.int().describe('Their browsers that are signed in.'),
  })
  .meta({ id: 'PersonEntry' });

export const invitation = z
  .object({ id: z.string(), email: z.string(), role, expiresAt: instant })
  .meta({ id: 'Invitation' });

export const me = z
  .object({
    name: z.string().describe('The person, the API key, or this machine.'),
    person: z
      .object({ id: z.string(), email: z.string().nullable() })
      .nullable()
      .describe('null: an API key, or a browser on the service’s own machine.'),
    role: role.nullable().describe('null: an API key.'),
    may: z.array(z.string()),
    rep: namedRef.nullable().describe('Whom the caller is in the directory of reps, by verified e-mail.'),
    workspace: z.string(),
  })
  .meta({ id: 'Me' });
