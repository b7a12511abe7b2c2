import type { Account } from '../account.ts';
import type { CostKind } from '../limits/costs.ts';
import type { Actor } from '../types.ts';

/** A call of the API, signed in and counted. */
export interface ApiCall {
  readonly account: Account;
  readonly by: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The company's own address. */
  readonly apiUrl: string;
  /** Does something later, as jobs do. */
  readonly later: (task: () => void) => void;
}

export interface ApiReply {
  readonly status: number;
  readonly body: unknown;
}

/** One operation, by the path the vendor's descriptions have. */
export interface Endpoint {
  readonly version: 'v1' | 'v2';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** One of these scopes is needed. */
  readonly scopes: readonly string[];
  readonly cost: CostKind;
  readonly run: (call: ApiCall) => ApiReply;
}

export const ok = (data: unknown, more: Readonly<Record<string, unknown>> = {}): ApiReply => ({
  status: 200,
  body: { success: true, data, ...more },
});

export const created = (data: unknown): ApiReply => ({ status: 201, body: { success: true, data } });
