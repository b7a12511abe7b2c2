/**
 * `needs_reconnecting`: the vendor refuses its tokens; `uninstalled`: the app was removed there; `disconnected`: it was
 * left from here. What is queued waits for the first alone.
 */
export type AccountStatus = 'active' | 'needs_reconnecting' | 'uninstalled' | 'disconnected';

/** Whether an account is gone: nothing is read from it, written to it or expected of it until it is connected again. */
export const isGone = ({ status }: { readonly status: AccountStatus }): boolean =>
  status === 'disconnected' || status === 'uninstalled';

/** The code of whatever ended because its account is gone. */
export const ACCOUNT_GONE = 'account_gone';
