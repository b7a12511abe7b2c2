/** Nobody has said where Fairlead listens. */
export const NOWHERE = 'http://127.0.0.1:9';

/** Whether an address is one of those registered for the app, letter for letter. */
export type ReturnAddresses = (redirectUri: string) => boolean;

/**
 * The app's registration names Fairlead's own addresses, by path. While nobody has said where Fairlead listens, any
 * address does.
 */
export const returnAddresses =
  (target: { readonly publicUrl: string }, ...paths: readonly string[]): ReturnAddresses =>
  (redirectUri) =>
    target.publicUrl === NOWHERE
      ? URL.canParse(redirectUri)
      : paths.some((path) => redirectUri === `${target.publicUrl.replace(/\/$/, '')}${path}`);
