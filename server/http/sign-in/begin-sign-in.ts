import type { RequestHandler } from 'express';
import { z } from 'zod';
import { requireOwnNavigation, signedIn } from '../authenticate.ts';
import { addressOf } from '../limits/address-of.ts';
import { keepSecret } from '../oauth/browser-secrets.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { sendTo, toSignIn } from './to-sign-in.ts';

export const providerParams = z.object({
  provider: z.enum(['slack', 'salesforce', 'microsoft', 'hubspot', 'oidc']),
});
export const beginQuery = z.object({
  return: z.string().max(2_000).default('/').describe('The console’s path to come back to.'),
  link: z.literal('1').optional().describe('Adds the identity to who is signed in.'),
});

/** Sends a person to their provider. */
export const beginSignIn =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    await parts.limits.install(addressOf(request));
    const { provider } = parseInput(providerParams, request.params, '/path');
    const asked = parseInput(beginQuery, request.query, '/query');
    // A page elsewhere could have the browser signed in as its own at the provider, and so gain a way in.
    if (asked.link !== undefined) requireOwnNavigation(request);
    const person = (await signedIn(parts.access, request))?.session?.person ?? null;
    if (asked.link !== undefined && person === null) return sendTo(response, '/sign-in');
    try {
      const linkTo = asked.link === undefined ? null : (person?.id ?? null);
      const { url, browser, lastsMs } = await parts.signIns.begin({
        provider,
        returnTo: asked.return,
        linkTo,
      });
      keepSecret(parts, response, 'sign_in', { value: browser, lastsMs });
      response.setHeader('cache-control', 'no-store');
      response.redirect(302, url);
    } catch (error) {
      toSignIn(parts, request, response, error);
    }
  };
