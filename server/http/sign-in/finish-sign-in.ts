import type { RequestHandler } from 'express';
import { signedIn } from '../authenticate.ts';
import { addressOf } from '../limits/address-of.ts';
import { dropSecret, secretIn } from '../oauth/browser-secrets.ts';
import { returnQuery } from '../oauth/finish-install.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { providerParams } from './begin-sign-in.ts';
import { openSession } from './open-session.ts';
import { sendTo, toSignIn } from './to-sign-in.ts';

/** The browser came back from the provider. */
export const finishSignIn =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    await parts.limits.install(addressOf(request));
    const { provider } = parseInput(providerParams, request.params, '/path');
    const query = parseInput(returnQuery, request.query, '/query');
    const browser = secretIn(parts, request, 'sign_in');
    const caller = await signedIn(parts.access, request);
    const person = caller?.session?.person ?? null;
    dropSecret(parts, response, 'sign_in');
    try {
      const finished = await parts.signIns.finish({
        provider,
        query,
        browser,
        signedIn: person?.id ?? null,
      });
      if (finished.kind === 'turned_away')
        return toSignIn(parts, request, response, finished.because, finished.returnTo);
      if (finished.kind === 'signed_in')
        await openSession(
          parts,
          request,
          response,
          finished,
          finished.began ? 'workspace.begun' : 'person.signed_in',
        );
      else if (caller !== null && person !== null)
        await parts.audit.record({
          tenantId: caller.tenantId,
          who: caller.subject,
          action: 'person.way_added',
          subject: person.id,
        });
      sendTo(response, finished.returnTo);
    } catch (error) {
      toSignIn(parts, request, response, error);
    }
  };
