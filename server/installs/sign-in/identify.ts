import { z } from 'zod';
import type { Identity } from '../../assignments/sign-in-ports.ts';
import { type OidcProvider, SLACK_CLAIMS } from './oidc-facts.ts';

/** Claims of an ID token, and what the userinfo endpoint adds. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

type Whom = Pick<Identity, 'issuer' | 'subject' | 'account'>;

const text = z.string().min(1).max(320);

const slack = z.object({ [SLACK_CLAIMS.user]: text, [SLACK_CLAIMS.team]: text });
const entra = z.object({ oid: z.guid(), tid: z.guid() });
const salesforceSub = /\/id\/(00D\w{15})\/(005\w{15})$/;

/** Where a provider says more of whom it means than `iss` and `sub`. null: it does not say enough. */
const WHOM: Readonly<Record<OidcProvider, (claims: Claims) => Whom | null>> = {
  // A user id is of one workspace; an e-mail address can be given to somebody else.
  slack: (claims) => {
    const said = slack.safeParse(claims).data;
    const [user, team] = [said?.[SLACK_CLAIMS.user], said?.[SLACK_CLAIMS.team]];
    if (user === undefined || team === undefined) return null;
    return {
      issuer: claims.iss,
      subject: `${team}/${user}`,
      account: { vendor: 'slack', by: 'externalId', value: team },
    };
  },
  salesforce: (claims) => {
    const org = salesforceSub.exec(claims.sub)?.[1];
    if (org === undefined) return null;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      account: { vendor: 'salesforce', by: 'externalId', value: org },
    };
  },
  // `sub` is another for each app; `oid` is the person, within `tid`.
  microsoft: (claims) => {
    const said = entra.safeParse(claims).data;
    if (said === undefined) return null;
    return {
      issuer: claims.iss,
      subject: said.oid,
      account: { vendor: 'dynamics', by: 'tenantId', value: said.tid },
    };
  },
  oidc: (claims) => ({ issuer: claims.iss, subject: claims.sub, account: null }),
};

/** Entra's addresses are whatever a tenant's administrator writes, unless it says that it looked at the domain. */
const isVerified = (provider: OidcProvider, claims: Claims): boolean =>
  provider === 'microsoft'
    ? claims.xms_edov === true || claims.xms_edov === 1 || claims.xms_edov === '1'
    : claims.email_verified === true;

/** Seconds in the claim. Nobody proves anything at no time at all. */
const authTime = z.number().positive();
const provenAt = (claims: Claims): number | null => {
  const { data } = authTime.safeParse(claims.auth_time);
  return data === undefined ? null : data * 1_000;
};

/** Whom verified claims mean; null: they do not say. */
export const identify = (provider: OidcProvider, claims: Claims): Identity | null => {
  const whom = WHOM[provider](claims);
  if (whom === null) return null;
  const email = text.safeParse(claims.email).data?.toLowerCase() ?? null;
  const name = text.safeParse(claims.name).data ?? text.safeParse(claims.preferred_username).data;
  return {
    provider,
    ...whom,
    name: name ?? email ?? 'Somebody',
    email,
    emailVerified: email !== null && isVerified(provider, claims),
    provenAt: provenAt(claims),
  };
};
