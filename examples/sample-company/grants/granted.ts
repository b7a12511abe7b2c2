/** The app's credentials at a vendor, and where the vendor listens. */
export interface VendorApp {
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people open it. */
  readonly pageUrl: string;
}

/** What an installing admin granted, as Fairlead stores a connection. */
export interface Granted {
  readonly externalId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly tokens: {
    readonly accessToken?: string;
    readonly refreshToken?: string;
    readonly expiresIn?: number;
  };
  /** What Fairlead must know of the account besides. */
  readonly settings: Readonly<Record<string, string | number>>;
}

/** The form bodies of OAuth. */
export const FORM = 'application/x-www-form-urlencoded';

/** Nothing listens there: what a vendor says is read from the redirect. */
export const REDIRECT = 'http://localhost/installed';

/** A token endpoint's answer, as far as vendors agree on it. */
export interface TokenReply {
  readonly access_token: string;
  readonly refresh_token: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** The tokens to be stored. */
export const tokensOf = (reply: TokenReply): Granted['tokens'] => ({
  accessToken: reply.access_token,
  refreshToken: reply.refresh_token,
  expiresIn: reply.expires_in,
});

/** What a consent page sent back with the browser. Throws when it granted no code. */
export const callbackOf = (reply: Response, vendor: string) => {
  const location = reply.headers.get('location');
  const query = location === null ? new URLSearchParams() : new URL(location).searchParams;
  const code = query.get('code');
  if (!code)
    throw new Error(`${vendor} did not grant the installation: it answered ${reply.status} without a code`);
  return { code, query };
};

/** Agrees on a vendor's consent page as an admin would. Throws when it granted no code. */
export const agree = async (
  { authorizeUrl, clientId }: VendorApp,
  vendor: string,
  asks: Readonly<Record<string, string>>,
) => {
  const own = { client_id: clientId, redirect_uri: REDIRECT, state: 'sample', approve: '1' };
  const query = new URLSearchParams({ ...own, ...asks });
  return callbackOf(await fetch(`${authorizeUrl}?${query}`, { redirect: 'manual' }), vendor);
};
