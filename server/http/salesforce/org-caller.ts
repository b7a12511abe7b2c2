import type { Request } from 'express';
import { z } from 'zod';
import { isGone } from '../../assignments/account-status.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import { toLongId } from '../../crm/long-id.ts';
import { addressFor } from '../limits/address-of.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { problem } from '../problem.ts';

/** A Salesforce id of 15 or 18 characters, as the API writes it. */
export const salesforceId = z
  .string()
  .transform((text, ctx): string => {
    const found = toLongId(text);
    if (found !== null) return found;
    ctx.addIssue({ code: 'custom', message: 'must be a Salesforce id of 15 or 18 characters', input: text });
    return z.NEVER;
  })
  .meta({ override: { type: 'string', minLength: 15, maxLength: 18 } });

const requestId = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters');

/** Apex cannot leave a header out. */
const blank = z.literal('').transform(() => undefined);

/** What Apex says of each call besides its credential. */
export const orgHeaders = z.object({
  'x-fairlead-org': salesforceId.describe("The org's id."),
  'x-fairlead-user': salesforceId.or(blank).optional().describe('The id of the user the code runs for.'),
  'x-fairlead-timezone': z.string().max(100).optional().describe("The user's IANA time zone."),
});

/** Those of calls that change something: a retry carries the same id and gets the same reply. */
export const writeHeaders = orgHeaders.extend({
  'x-fairlead-request': requestId.describe('Names this call; the same on a retry.'),
});

/** The org that calls, by its credential and its id: both must be of one connection. */
export interface OrgCaller {
  readonly connection: ConnectionInfo;
  /** null: not told. */
  readonly userId: string | null;
  readonly timezone: string | undefined;
}

/** Who calls. Throws `unauthenticated`, `foreign_org`, `invalid_request`, `conflict` or `too_many_requests`. */
export const orgCaller = async (request: Request, parts: HttpParts): Promise<OrgCaller> => {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const from = addressFor(request, String(request.headers['x-fairlead-org']));
  const connectionId =
    bearer === undefined
      ? null
      : await parts.limits.proof(from, bearer, () => parts.salesforce.connectionOf(bearer));
  if (connectionId === null)
    throw problem(
      'unauthenticated',
      'Put the credential that Fairlead showed when the org was connected into the named credential Fairlead.',
    );
  const headers = parseInput(orgHeaders, request.headers, '/headers');
  const connection = await parts.connections.find('salesforce', headers['x-fairlead-org']);
  if (connection?.id !== connectionId)
    throw problem('foreign_org', 'The credential is another org’s: make one for this org.');
  if (isGone(connection)) throw problem('conflict', 'The org is disconnected: connect it to Fairlead again.');
  return {
    connection,
    userId: headers['x-fairlead-user'] ?? null,
    timezone: headers['x-fairlead-timezone'],
  };
};

/** The id a retry of this call carries again. Throws `invalid_request`. */
export const requestIdOf = (request: Request): string =>
  parseInput(writeHeaders, request.headers, '/headers')['x-fairlead-request'];
