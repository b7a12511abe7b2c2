import type { SlackToken } from '../model.ts';
import type { SlackStore } from '../store.ts';
import type { Handles } from '../triggers.ts';

/** The app's credentials, as its settings page shows them. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** One call of the Web API, past the checks of token, scope and limit. Argument values are as they were sent. */
export interface Call {
  readonly args: Readonly<Record<string, unknown>>;
  readonly store: SlackStore;
  readonly handles: Handles;
  readonly credentials: AppCredentials;
  readonly token: SlackToken | null;
  /** Tells the app something, without waiting for its answer. */
  readonly sendEvent: (event: Readonly<Record<string, unknown>>) => void;
}

/** What is answered beside `ok: true`. Throws ApiError to refuse. */
export type Method = (call: Call) => Readonly<Record<string, unknown>>;

/** A text argument; empty when missing. */
export const text = (call: Call, name: string): string => {
  const value = call.args[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};
