import { z } from 'zod';
import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from '../../base/permissions.ts';
import { defineEndpoint } from '../endpoint.ts';
import type { Caller, HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';
import { requireRecentSignIn } from '../require-recent-sign-in.ts';
import { id, instant } from '../schemas/common.ts';
import { overlapBody, overlapMs } from '../schemas/overlap.ts';

const permission = z.enum(ALL_PERMISSIONS as readonly [Permission, ...Permission[]]);

const keyView = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['active', 'expired', 'revoked']),
    scopes: z.array(permission).readonly(),
    madeBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable().describe('To within some minutes; null: never.'),
    secrets: z
      .array(
        z.object({
          prefix: z.string().nullable().describe('The first characters, to tell keys apart.'),
          createdAt: instant,
          endsAt: instant.nullable().describe('null: with the key.'),
        }),
      )
      .readonly()
      .describe('Those that serve, newest first: two while one replaces the other.'),
  })
  .meta({ id: 'ApiKey' });

/** The tenant's keys, and what the caller may give to another. */
export const getKeys = defineEndpoint({
  method: 'get',
  path: '/api/v1/keys',
  needs: 'administer',
  summary: 'List the API keys, newest first, without their secrets',
  reply: z.object({
    keys: z.array(keyView).readonly(),
    givable: z
      .array(z.object({ scope: permission, words: z.string() }))
      .readonly()
      .describe('What the caller may do and so may give to a key.'),
  }),
  handle: async ({ caller }, { keys }) => ({
    keys: await keys.list(caller.tenantId),
    givable: ALL_PERMISSIONS.filter((scope) => caller.may.has(scope)).map((scope) => ({
      scope,
      words: PERMISSIONS[scope],
    })),
  }),
});

const SHOWN_ONCE = 'The key, shown this once.';

/** Makes a key with no more rights than its maker has. */
export const postKey = defineEndpoint({
  method: 'post',
  path: '/api/v1/keys',
  needs: 'administer',
  summary: 'Make an API key that may do some of what you may',
  body: z.strictObject({
    name: z
      .string()
      .trim()
      .min(1, 'must say what uses the key, such as website')
      .max(60, 'must have at most 60 characters'),
    scopes: z
      .array(permission)
      .min(1, 'must hold a permission')
      .describe('`read`, `route`, `answer`, `manage`, `administer`, `own`; no more than you have.'),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'must be a moment such as 2027-01-01T00:00:00Z' })
      .nullish()
      .describe('Left out, it does not expire.'),
  }),
  reply: z.object({ id: z.string(), key: z.string().describe(SHOWN_ONCE) }),
  problems: ['conflict', 'sign_in_again'],
  changes: { action: 'key.made', subject: (_call, reply) => reply.id },
  handle: async ({ body, caller }, parts) => {
    const { keys, clock } = parts;
    requireGivable(caller, body.scopes, parts);
    const expiresAt = body.expiresAt ?? null;
    if (expiresAt !== null && Date.parse(expiresAt) <= clock.now())
      throw problem('invalid_request', 'Correct the fields named in errors.', [
        { field: '/expiresAt', message: 'must be a moment to come' },
      ]);
    const made = await keys.create({
      tenantId: caller.tenantId,
      name: body.name,
      scopes: ALL_PERMISSIONS.filter((scope) => body.scopes.includes(scope)),
      madeBy: caller.subject,
      expiresAt,
    });
    if (made !== null) return made;
    throw problem(
      'conflict',
      `There is or was a key named ${body.name}, and the audit log names keys by it: take another name.`,
    );
  },
});

const params = z.object({ id });

/** Another secret for the same key. */
export const postKeyRotation = defineEndpoint({
  method: 'post',
  path: '/api/v1/keys/{id}/rotate',
  needs: 'administer',
  summary: 'Give a key another secret; the one before serves on for a while, or ends at once',
  params,
  body: overlapBody,
  reply: z.object({ key: z.string().describe(SHOWN_ONCE) }),
  problems: ['not_found', 'sign_in_again'],
  changes: { action: 'key.rotated', subject: ({ params }) => params.id },
  handle: async ({ body, caller, params }, parts) => {
    const { keys } = parts;
    const found = (await keys.list(caller.tenantId)).find((one) => one.id === params.id);
    // Whoever gets the new secret may do what the key may.
    if (found !== undefined) requireGivable(caller, found.scopes, parts);
    const asked = { by: caller.subject, overlapMs: overlapMs(body) };
    return { key: (await keys.rotate(caller.tenantId, params.id, asked)) ?? noSuchKey(params.id) };
  },
});

/** Ends a key: here at once, in other processes within seconds. Whoever administers may, for a key that leaked. */
export const postKeyRevocation = defineEndpoint({
  method: 'post',
  path: '/api/v1/keys/{id}/revoke',
  needs: 'administer',
  summary: 'End a key at once',
  params,
  reply: z.object({ revoked: z.literal(true) }),
  problems: ['not_found'],
  changes: { action: 'key.revoked', subject: ({ params }) => params.id },
  handle: async ({ caller, params }, { keys }) => {
    if (!(await keys.revoke(caller.tenantId, params.id))) noSuchKey(params.id);
    return { revoked: true } as const;
  },
});

/** Whoever holds such a key changes who gets in, or what everybody's leads do. */
const WIDE: readonly Permission[] = ['administer', 'own'];

const requireGivable = (
  caller: Caller,
  scopes: readonly Permission[],
  parts: Pick<HttpParts, 'clock'>,
): void => {
  const beyond = scopes.find((scope) => !caller.may.has(scope));
  if (beyond === undefined) {
    if (scopes.some((scope) => WIDE.includes(scope))) requireRecentSignIn(caller, parts);
    return;
  }
  throw problem(
    'forbidden',
    `Nobody gives more than they have, and you may not ${PERMISSIONS[beyond]}: leave out ${beyond}, or ask somebody who may.`,
  );
};

const noSuchKey = (id: string): never => {
  throw problem('not_found', `There is no key ${id} in use: GET /api/v1/keys lists them.`);
};
