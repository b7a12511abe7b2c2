import type { Request } from 'express';
import type { OAuth } from '../oauth/create-oauth.ts';
import type { Org } from '../org.ts';

/** What the pages and endpoints of a login host share: the common one, or an org's own. */
export interface LoginContext {
  readonly oauth: OAuth;
  readonly now: () => number;
  /** The org of the host; on the common host the one named in the query, else the first. */
  readonly orgOf: (req: Request) => Org | undefined;
  /** Whether the host is an org's own. */
  readonly isMyDomain: (req: Request) => boolean;
  readonly orgWithId: (id: string) => Org | undefined;
  /** The common login host's address. */
  readonly loginUrl: () => string;
  readonly instanceUrl: (org: Org) => string;
}
