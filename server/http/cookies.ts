/** Holds the session token of a browser. HttpOnly: scripts never see it. */
export const SESSION_COOKIE = 'fairlead_session';

/** Cookies of a request by name. */
export const parseCookies = (header: string | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (header ?? '')
      .split(';')
      .map((pair) => pair.split('='))
      .filter((pair) => pair.length >= 2)
      .map(([name, ...value]) => [(name as string).trim(), value.join('=').trim()]),
  );
