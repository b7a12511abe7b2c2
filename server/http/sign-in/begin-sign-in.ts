import type { RequestHandler } from 'express';
import { z } from 'zod';
import { requireOwnNavigation, signedIn } from '../authenticate.ts';
import { addressOf } from '../limits/address-of.ts';
import { keepSecret } from '../oauth/browser-secrets.ts';
import { parseInput } from '../parse-input.ts';
import type { Caller, HttpParts } from '../ports.ts';
import { signedInLately } from '../require-recent-sign-in.ts';
import { sendTo, toSignIn } from './to-sign-in.ts';

export const providerParams = z.object({
  provider: z.enum(['slack', 'salesforce', 'microsoft', 'hubspot', 'oidc']),
});
export const beginQuery = z.object({
  return: z.string().max(2_000).default('/').describe('The console’s path to come back to.'),
  link: z.literal('1').optional().describe('Adds the identity to who is signed in.'),
  again: z.literal('1').optional().describe('Has the person prove anew who they are.'),
  begin: z
    .literal('1')
    .optional()
    .describe('Begins a workspace for whom none knows, where this copy offers that.'),
});

/** The console's page that has somebody sign in again, and come back. */
const signInAgain = (back: string): string => `/sign-in?${new URLSearchParams({ again: '1', return: back })}`;

/** A way in is added by who signed in lately; the first one by who came by an owner's link and could not again. */
const mayAddWay = async (parts: HttpParts, caller: Caller, personId: string): Promise<boolean> => {
  if (signedInLately(caller, parts)) return true;
  const self = (await parts.people.list(caller.tenantId)).find(({ id }) => id === personId);
  return self?.providers.length === 0;
};

/** Sends a person to their provider. */
export const beginSignIn =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    await parts.limits.install(addressOf(request));
    const { provider } = parseInput(providerParams, request.params, '/path');
    const asked = parseInput(beginQuery, request.query, '/query');
    // A page elsewhere could have the browser signed in as its own at the provider, and so gain a way in, or begin what
    // nobody asked for.
    if (asked.link !== undefined || asked.begin !== undefined) requireOwnNavigation(request);
    const caller = await signedIn(parts.access, request);
    const person = caller?.session?.person ?? null;
    if (asked.link !== undefined) {
      if (caller === null || person === null) return sendTo(response, '/sign-in');
      if (!(await mayAddWay(parts, caller, person.id))) return sendTo(response, signInAgain(asked.return));
    }
    try {
      const linkTo = asked.link === undefined ? null : (person?.id ?? null);
      const { url, browser, lastsMs } = await parts.signIns.begin({
        provider,
        returnTo: asked.return,
        linkTo,
        again: asked.again !== undefined,
        newWorkspace: asked.begin !== undefined,
      });
      keepSecret(parts, response, 'sign_in', { value: browser, lastsMs });
      response.setHeader('cache-control', 'no-store');
      response.redirect(302, url);
    } catch (error) {
      toSignIn(parts, request, response, error);
    }
  };
