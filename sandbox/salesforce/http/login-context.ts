import type { Request } from 'express';
import type { IdTokens } from '../../open-id/id-tokens.ts';
import type { Grant } from '../oauth/app.ts';
import type { OAuth } from '../oauth/create-oauth.ts';
import type { Org } from '../org.ts';

/** What the pages and endpoints of a login host share: the common one, or an org's own. */
export interface LoginContext {
  readonly oauth: OAuth;
  readonly idTokens: IdTokens;
  readonly now: () => number;
  /** The org of the host; on the common host the one named in the query, else the first. */
  readonly orgOf: (req: Request) => Org | undefined;
  /** Whose people sign in at the host: of one org, or of any. */
  readonly orgsOf: (req: Request) => readonly Org[];
  /** Whether the host is an org's own. */
  readonly isMyDomain: (req: Request) => boolean;
  readonly orgWithId: (id: string) => Org | undefined;
  /** The common login host's address. */
  readonly loginUrl: () => string;
  readonly instanceUrl: (org: Org) => string;
}

/** The URL that names a user for good. On the common host at every login host. */
export const identityUrl = (loginUrl: string, { orgId, userId }: Pick<Grant, 'orgId' | 'userId'>): string =>
  `${loginUrl}/id/${orgId}/${userId}`;
