import type { Request, Response } from 'express';
import type { Admitted } from '../../assignments/sign-in-ports.ts';
import { keepSecret, secretIn } from '../oauth/browser-secrets.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';

/** A session for somebody who proved who they are, in place of whatever the browser held. */
export const openSession = async (
  parts: HttpParts,
  request: Request,
  response: Response,
  { personId, tenantId, provenAt }: Admitted & { readonly provenAt: number | null },
  action: 'person.signed_in' | 'person.became_owner' | 'workspace.begun',
): Promise<void> => {
  const before = secretIn(parts, request, 'session');
  const session = await parts.access.openSession(personId, request.headers['user-agent'] ?? null, provenAt);
  if (session === null) throw problem('sign_in_expired', 'Your role was changed meanwhile: sign in again.');
  await parts.audit.record({ tenantId, who: `person:${personId}`, action, subject: personId });
  // Whatever others at their address guess.
  parts.limits.given(session.token);
  if (before !== null) await parts.access.endSession(before);
  keepSecret(parts, response, 'session', { value: session.token, lastsMs: session.lastsMs });
};
