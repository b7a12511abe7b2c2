/** How people sign in at somebody who knows them: a vendor whose accounts are connected, or the company's own provider. */
import type { AppError } from '../base/app-error.ts';
import type { Vendor } from './types.ts';

/** An account at a vendor, as its connection is found: by the account's id, or by the Entra tenant in its settings. */
export interface AccountBehind {
  readonly vendor: Vendor;
  readonly by: 'externalId' | 'tenantId';
  readonly value: string;
}

/** Whom a provider says somebody is. `issuer` and `subject` together never change and never mean somebody else. */
export interface Identity {
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
  /** The provider itself says that the address is theirs; nothing is ever matched by any other. */
  readonly emailVerified: boolean;
  /** null: the provider knows no accounts that are connected here. */
  readonly account: AccountBehind | null;
  /** When they proved it to the provider, in milliseconds since 1970; null: it does not say. */
  readonly provenAt: number | null;
}

export interface SignInAsk {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** Whether the person is to prove anew who they are, however well the provider knows the browser. */
  readonly again: boolean;
}

export interface SignInReturn extends Omit<SignInAsk, 'again'> {
  /** What came back with the browser. */
  readonly query: Readonly<Record<string, string>>;
}

/** One provider. */
export interface SignInWay {
  readonly id: string;
  /** As people write it. */
  readonly name: string;
  /** Where the person signs in. Throws a retryable AppError where the provider does not answer. */
  readonly authorizeUrl: (ask: SignInAsk) => Promise<string>;
  /**
   * Whom it says the person is, after every check there is. Throws AppError `sign_in_declined`, `sign_in_refused`, or a
   * retryable one.
   */
  readonly identify: (back: SignInReturn) => Promise<Identity>;
}

/** Who may come in: whom a sign-in ends with. */
export interface Admitted {
  readonly personId: string;
  readonly tenantId: string;
  /** They began the workspace just now. */
  readonly began?: true;
}

export interface SignInBegun {
  /** Where the person signs in. */
  readonly url: string;
  /** For the browser to keep: whoever comes back without it is somebody else. */
  readonly browser: string;
  readonly lastsMs: number;
}

/**
 * `returnTo`: a path of the console. `linked`: added to who was signed in already, whose session goes on. `turned_away`:
 * they are who they say, and may not come in: `no_workspace`, `waiting`, `removed`.
 */
export type SignInFinished =
  | ({
      readonly kind: 'signed_in';
      readonly returnTo: string;
      readonly provenAt: number | null;
    } & Admitted)
  | { readonly kind: 'linked'; readonly returnTo: string }
  | { readonly kind: 'turned_away'; readonly returnTo: string; readonly because: AppError };

/** Sign-ins, from the button to the person. */
export interface SignIns {
  /** Whether somebody whom no workspace knows may begin one. */
  readonly newWorkspaces: boolean;
  readonly ways: readonly { readonly id: string; readonly name: string }[];
  /** `linkTo`: a person who is signed in and adds another way in. Throws AppError `not_configured`,
   * `factors_untold`, `unavailable`. */
  readonly begin: (ask: {
    readonly provider: string;
    readonly returnTo: string;
    readonly linkTo: string | null;
    /** They are to prove anew who they are. */
    readonly again: boolean;
    /** Where no workspace knows them they begin one of their own. */
    readonly newWorkspace: boolean;
  }) => Promise<SignInBegun>;
  /**
   * The browser came back. `signedIn`: who is signed in in it. Throws AppError `sign_in_expired`, `sign_in_declined`,
   * `sign_in_refused`, `sign_in_stale`, `factors_lacking`, `identity_taken`.
   */
  readonly finish: (back: {
    readonly provider: string;
    readonly query: Readonly<Record<string, string>>;
    readonly browser: string | null;
    readonly signedIn: string | null;
  }) => Promise<SignInFinished>;
  /** Makes an owner of who holds a link that the operator printed. Throws AppError `link_over`. */
  readonly redeemLink: (token: string, name: string) => Promise<Admitted>;
  /** A link to the first owner, while nobody can sign in; null: somebody can. */
  readonly firstLink: () => Promise<string | null>;
}
