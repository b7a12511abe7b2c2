/** How accounts are connected by their administrators agreeing at the vendor's own page. Each vendor has one way. */
import type { Vendor } from './types.ts';

/** An account that was connected, with the tokens it granted. */
export interface GrantedAccount {
  readonly externalId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly tokens: {
    readonly accessToken: string | null;
    readonly refreshToken: string | null;
    /** Seconds from now; null: it does not expire, or is not known. */
    readonly expiresIn: number | null;
  };
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A scope an install asks for, and what does not work without it. */
export interface WantedScope {
  readonly scope: string;
  /** In words, as the end of a sentence: `leads cannot be read`. */
  readonly without: string;
}

/** What an account has to allow. */
export interface VendorScopes {
  readonly wanted: readonly WantedScope[];
  /** Whether something that was granted allows a scope as well. Absent: only the scope itself does. */
  readonly covers?: (granted: string, scope: string) => boolean;
}

/** A scope that was not granted; nothing where it is not known what was. */
export const missingScopes = (
  { wanted, covers = (granted, scope) => granted === scope }: VendorScopes,
  granted: readonly string[] = [],
): readonly WantedScope[] =>
  granted.length === 0 ? [] : wanted.filter(({ scope }) => !granted.some((one) => covers(one, scope)));

/** Something an administrator says before they are sent to the vendor. */
export interface InstallQuestion {
  readonly name: string;
  readonly label: string;
  readonly example: string;
  readonly required: boolean;
}

/** What goes along from the start of an install to its end. */
export type InstallAnswers = Readonly<Record<string, string>>;

export interface AuthorizeAsk {
  readonly state: string;
  readonly redirectUri: string;
  /** PKCE, S256; used where the vendor takes it. */
  readonly challenge: string;
  readonly answers: InstallAnswers;
}

/** What came back with the browser. */
export interface InstallReturn {
  readonly code: string;
  readonly redirectUri: string;
  /** null: the install began in a marketplace, and there was no challenge. */
  readonly verifier: string | null;
  readonly answers: InstallAnswers;
  readonly query: Readonly<Record<string, string>>;
}

export interface InstallWay {
  readonly vendor: Vendor;
  /** The vendor's name as people write it. */
  readonly name: string;
  readonly asks: readonly InstallQuestion[];
  /** Checks what was answered and adds what can be found out by it. Throws AppError `invalid_settings`. */
  readonly begin: (answers: InstallAnswers) => Promise<InstallAnswers>;
  /** Where the administrator agrees. */
  readonly authorizeUrl: (ask: AuthorizeAsk) => string;
  /**
   * Changes the code for tokens and finds out whose they are. Hosts that came back with the browser are checked before
   * anything secret is sent there. Throws AppError `install_refused` for what only beginning again mends.
   */
  readonly redeem: (returned: InstallReturn) => Promise<GrantedAccount>;
}

export interface InstallBegun {
  /** Where the administrator agrees. */
  readonly url: string;
  /** For the browser to keep: whoever comes back without it is somebody else. */
  readonly browser: string;
  readonly lastsMs: number;
}

export type InstallFinished =
  | {
      readonly kind: 'connected';
      readonly vendor: string;
      readonly tenantId: string;
      readonly connectionId: string;
    }
  /** `token`: for the browser to keep until somebody signed in claims the account. */
  | { readonly kind: 'parked'; readonly token: string; readonly lastsMs: number };

/** Installs: begun here by an administrator, or in a vendor's marketplace by somebody nobody here knows yet. */
export interface Installs {
  readonly ways: readonly InstallWay[];
  /** Throws AppError `not_configured`, `invalid_settings`. */
  readonly begin: (tenantId: string, vendor: string, answers: InstallAnswers) => Promise<InstallBegun>;
  /**
   * The browser came back. `tenantId`: whose administrator is signed in; `browser`: the secret it was given at the start.
   * Throws AppError `install_expired`, `install_declined`, `install_refused`, `conflict`.
   */
  readonly finish: (back: {
    readonly vendor: string;
    readonly query: Readonly<Record<string, string>>;
    readonly browser: string | null;
    readonly tenantId: string | null;
  }) => Promise<InstallFinished>;
  /** The account a browser brought from a marketplace; null: none, or it is over. */
  readonly parked: (token: string) => Promise<{ readonly vendor: string; readonly name: string } | null>;
  /** Connects that account to the tenant of who is signed in. Throws AppError `install_expired`, `conflict`. */
  readonly claim: (
    tenantId: string,
    token: string,
  ) => Promise<{ readonly id: string; readonly vendor: string }>;
}
