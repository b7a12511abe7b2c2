/** What sign-ins need of the people who are known. Implemented in `storage/directory/people-book`. */
import type { AccountBehind, Identity } from '../../assignments/sign-in-ports.ts';
import type { Role } from '../../base/roles.ts';
import type { SealContext } from '../vault.ts';

/** Somebody an identity is known for. */
export interface KnownPerson {
  readonly id: string;
  readonly tenantId: string;
  /** null: they wait, or were removed. */
  readonly role: Role | null;
  readonly removed: boolean;
}

export interface Invited {
  readonly id: string;
  readonly tenantId: string;
  readonly role: Role;
}

export interface PeopleBook {
  /** Whom the identity was before, with what is new about them written down; null: it is new. */
  readonly meet: (identity: Identity) => Promise<KnownPerson | null>;
  /** The tenants that have an account connected. */
  readonly tenantsOf: (account: AccountBehind) => Promise<readonly string[]>;
  /** The role of who comes uninvited; null: they wait. */
  readonly admits: (tenantId: string) => Promise<Role | null>;
  /** Invitations that stand, to a verified address; the newest first. */
  readonly invitationsTo: (email: string) => Promise<readonly Invited[]>;
  /** Takes an invitation and lets in who waited or was removed, both or neither. false: it was taken meanwhile. */
  readonly letIn: (personId: string, invited: Invited) => Promise<boolean>;
  /**
   * Somebody new, by an invitation, which is taken with it, or as who comes uninvited. null: another request was faster,
   * with the same identity or the same invitation, and nothing was done.
   */
  readonly add: (
    tenantId: string,
    identity: Identity,
    as: { readonly invited: Invited } | { readonly role: Role | null },
  ) => Promise<KnownPerson | null>;
  /**
   * A workspace of their own for somebody new, with them as its owner: whole, or not at all. null: another request was
   * faster with the same identity.
   */
  readonly begin: (identity: Identity, workspace: string) => Promise<KnownPerson | null>;
  /** Another way in for somebody. false: it is somebody's already. */
  readonly link: (personId: string, identity: Identity) => Promise<boolean>;
  /** An owner without an identity. `first`: only while the tenant has nobody. null: it has. */
  readonly addOwner: (tenantId: string, name: string, first: boolean) => Promise<string | null>;
  /** Whether anybody can sign in to a tenant. */
  readonly hasPeople: (tenantId: string) => Promise<boolean>;
}

/** A sign-in under way. `details` are sealed. */
export interface SignInUnderWay {
  readonly provider: string;
  /** Hash of the secret that the browser holds. */
  readonly browser: string;
  readonly details: string;
}

/** What the details are sealed for: this sign-in alone. */
export const signInContext = (hash: string): SealContext => ({
  tenantId: '',
  connectionId: hash,
  field: 'sign_in',
});

/** Known by the hash of the state, taken once, over by themselves. */
export interface SignInStore {
  readonly put: (hash: string, signIn: SignInUnderWay, lastsMs: number) => Promise<void>;
  /** null: unknown, used, or over. */
  readonly take: (hash: string) => Promise<SignInUnderWay | null>;
  /** Notes that a link was used, until it is over by itself. false: it was used before. */
  readonly useLink: (hash: string, expiresAt: number) => Promise<boolean>;
}
