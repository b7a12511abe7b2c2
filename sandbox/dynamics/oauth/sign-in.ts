import { createHash } from 'node:crypto';

/** Somebody in the directory of an Entra tenant. */
export interface DirectoryPerson {
  readonly tenantId: string;
  readonly tenantName: string;
  /** The same in every app; of this tenant alone. */
  readonly objectId: string;
  readonly name: string;
  /** What they sign in as. */
  readonly username: string;
  /** Whatever an administrator wrote. */
  readonly email: string | null;
  /** Whether the tenant has proven that the address's domain is its own. */
  readonly ownDomain: boolean;
}

/** What somebody agreed to when they signed in. */
export interface SignIn {
  readonly tenantId: string;
  readonly person: DirectoryPerson;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
}

/** How the claim `xms_edov` comes: not at all unless the app asks for it; and then not always of one type. */
export type Edov = 'absent' | 'boolean' | 'text';

/** Tenants an address may name where it means whoever comes. */
export const ANY_TENANT: readonly string[] = ['organizations', 'common'];

/** Every personal account is in this one. Source: Microsoft, "ID token claims reference". */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** The issuer of a tenant's tokens below a login host; of what is the same for all, with `{tenantid}` in it. */
export const issuerOfTenant = (host: string, tenant: string): string => `${host}/${tenant}/v2.0`;

/** Another in each app, so that apps cannot compare whom they know. */
const pairwise = (clientId: string, { tenantId, objectId }: DirectoryPerson): string =>
  createHash('sha256').update(`${clientId} ${tenantId} ${objectId}`).digest('base64url');

const edovClaim = ({ ownDomain }: DirectoryPerson, edov: Edov) =>
  edov === 'absent' ? {} : { xms_edov: edov === 'text' ? (ownDomain ? '1' : '0') : ownDomain };

/** What an ID token says of who signed in, as far as the scopes go; the times are added. */
export const claimsOf = (
  { person, scopes, nonce }: SignIn,
  { host, clientId, edov, at }: { host: string; clientId: string; edov: Edov; at: number },
): Readonly<Record<string, unknown>> => ({
  aud: clientId,
  iss: issuerOfTenant(host, person.tenantId),
  nbf: Math.floor(at / 1000),
  ...(scopes.includes('email') &&
    person.email !== null && { email: person.email, ...edovClaim(person, edov) }),
  ...(scopes.includes('profile') && {
    name: person.name,
    oid: person.objectId,
    preferred_username: person.username,
  }),
  ...(nonce !== undefined && { nonce }),
  sub: pairwise(clientId, person),
  tid: person.tenantId,
  ver: '2.0',
});
