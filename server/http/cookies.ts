/** Cookies of a request by name. */
export const parseCookies = (header: string | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (header ?? '')
      .split(';')
      .map((pair) => pair.split('='))
      .filter((pair) => pair.length >= 2)
      .map(([name, ...value]) => [(name as string).trim(), value.join('=').trim()]),
  );

/**
 * What a browser holds: a session; the other half of an install or a sign-in under way; an account from a marketplace.
 * HttpOnly: scripts never see it.
 */
export type BrowserSecret = 'session' | 'install' | 'parked' | 'sign_in';

/** The cookie's name. Over TLS the name itself keeps other hosts from setting it. */
export const cookieName = (origin: string, secret: BrowserSecret): string =>
  origin.startsWith('https://') ? `__Host-fairlead_${secret}` : `fairlead_${secret}`;
