import type { AccessTokens, ConnectionInfo } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';

/** One call of a CRM's API; `Purpose`: what calls there are for. */
export interface ApiCall<Purpose> {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly purpose: Purpose;
  /** Epoch ms; the call neither waits for a limit nor runs beyond it. Absent: two timeouts from now. */
  readonly until?: number;
}

/** The part of a connection a call needs. */
export type Account = Pick<ConnectionInfo, 'id' | 'externalId' | 'settings'>;

/** What every client is made from. */
export interface ClientParts {
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  /** How long one request may take. Milliseconds. */
  readonly requestTimeoutMs?: number;
}
