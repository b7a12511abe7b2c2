import type { RequestHandler } from 'express';
import { z } from 'zod';
import { requireOwnOrigin } from '../authenticate.ts';
import { LIMITS, parseJson, readBody } from '../body.ts';
import { addressOf } from '../limits/address-of.ts';
import { returnQuery } from '../oauth/finish-install.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import type { VendorRoute } from '../vendor-route.ts';
import { beginQuery, beginSignIn, providerParams } from './begin-sign-in.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { openSession } from './open-session.ts';

const waysReply = z.object({
  ways: z.array(z.object({ id: z.string(), name: z.string() })),
  newWorkspaces: z.boolean().describe('Whether whom no workspace knows may begin one of their own.'),
});

const ownerBody = z.strictObject({
  token: z.string().min(1).max(1_000).describe('What stands after the `#` of the link.'),
  name: z.string().trim().min(1).max(200),
});
const done = z.object({ ok: z.literal(true) });

/** Nobody is signed in yet: this says no more than the page's buttons do. */
const ways =
  ({ signIns }: HttpParts): RequestHandler =>
  (_request, response) => {
    response.setHeader('cache-control', 'no-store');
    response.json({
      ways: signIns.ways.map(({ id, name }) => ({ id, name })),
      newWorkspaces: signIns.newWorkspaces,
    });
  };

/** By a press on the page, never by following the link: what looks at links ahead of people uses none up. */
const owner =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    await parts.limits.install(addressOf(request));
    requireOwnOrigin(request);
    const { token, name } = parseInput(ownerBody, parseJson(await readBody(request, LIMITS.small)));
    const admitted = await parts.signIns.redeemLink(token, name);
    await openSession(parts, request, response, { ...admitted, provenAt: null }, 'person.became_owner');
    response.setHeader('cache-control', 'no-store');
    response.json({ ok: true });
  };

/** How people sign in to the console. */
export const SIGN_IN_ROUTES: readonly VendorRoute[] = [
  {
    method: 'get',
    path: '/oauth/sign-in',
    summary: 'Whom people can sign in with here',
    security: 'nothing',
    reply: waysReply,
    handler: ways,
  },
  {
    method: 'post',
    path: '/oauth/sign-in/owner',
    summary: 'Become an owner by a link that the operator printed, which serves once',
    security: 'nothing',
    body: ownerBody,
    reply: done,
    handler: owner,
  },
  {
    method: 'get',
    path: '/oauth/{provider}/sign-in',
    summary: 'Sign in: sends a person to their provider',
    security: 'nothing',
    params: providerParams,
    query: beginQuery,
    reply: z.unknown(),
    handler: beginSignIn,
  },
  {
    method: 'get',
    path: '/oauth/{provider}/signed-in',
    summary: 'The browser comes back from the provider, with a code that serves once',
    security: 'installState',
    params: providerParams,
    query: returnQuery,
    reply: z.unknown(),
    handler: finishSignIn,
  },
];
