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

/** What a consent page sent back with the browser. Throws when it granted no code. */
export const callbackOf = (reply: Response, vendor: string) => {
  const location = reply.headers.get('location');
  const query = location === null ? new URLSearchParams() : new URL(location).searchParams;
  const code = query.get('code');
  if (!code)
    throw new Error(`${vendor} did not grant the installation: it answered ${reply.status} without a code`);
  return { code, query };
};
