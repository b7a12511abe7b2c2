import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { InstallFinished } from '../../assignments/install-ports.ts';
import { signedIn } from '../authenticate.ts';
import { addressOf } from '../limits/address-of.ts';
import { parseInput } from '../parse-input.ts';
import type { Caller, HttpParts } from '../ports.ts';
import { dropSecret, keepSecret, secretIn } from './browser-secrets.ts';
import { toConnections } from './to-connections.ts';

/** What vendors send along: `code` and `state`, or `error`, and hosts of their own. */
export const returnQuery = z.object({}).catchall(z.string().max(4_000));

/** The browser came back from the vendor. An account that nobody here began to connect waits for who is signed in. */
export const finishInstall =
  (vendor: string, parts: HttpParts): RequestHandler =>
  async (request, response) => {
    await parts.limits.install(addressOf(request));
    const query = parseInput(returnQuery, request.query, '/query');
    // Each code that comes without a state is asked of its vendor.
    if (query.state === undefined) await parts.limits.parked(addressOf(request), vendor);
    const known = await signedIn(parts.access, request);
    // Whoever began it may have been made less since.
    const caller = known?.may.has('administer') ? known : null;
    const browser = secretIn(parts, request, 'install');
    dropSecret(parts, response, 'install');
    try {
      const finish = () =>
        parts.installs.finish({ vendor, query, browser, tenantId: caller?.tenantId ?? null });
      const finished = await recordedFor(caller, parts, finish);
      if (finished.kind === 'connected') return toConnections(response, { connected: vendor });
      keepSecret(parts, response, 'parked', { value: finished.token, lastsMs: finished.lastsMs });
      toConnections(response, { parked: true });
    } catch (error) {
      toConnections(response, { vendor, error });
    }
  };

/** What is parked changes nothing yet: its line is that of the claim. */
const recordedFor = (
  caller: Caller | null,
  { audit }: HttpParts,
  finish: () => Promise<InstallFinished>,
): Promise<InstallFinished> => {
  if (caller === null) return finish();
  const { tenantId, subject: who } = caller;
  return audit.around({ tenantId, who, action: 'connection.connected', subject: null }, finish, (finished) =>
    finished.kind === 'connected' ? finished.connectionId : undefined,
  );
};
