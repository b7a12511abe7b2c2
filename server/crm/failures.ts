import { AppError } from '../base/app-error.ts';
import type { Clock } from '../base/clock.ts';

/** Why a call of a CRM failed: to be tried again by itself, or for a person to look at. */
export type Failure =
  | { readonly kind: 'retry'; readonly code: string; readonly afterMs: number | null }
  | { readonly kind: 'refused'; readonly code: string; readonly remedy: string };

/** AppError `crm_read_failed`: something could not be read from a CRM. `vendor`: its name as people write it. */
export class ReadFailed extends AppError {
  readonly failure: Failure;
  constructor(vendor: string, failure: Failure) {
    const retryable = failure.kind === 'retry';
    const message =
      failure.kind === 'retry'
        ? `${vendor} could not be read (${failure.code}): it is tried again by itself.`
        : failure.remedy;
    super('crm_read_failed', message, { status: 502, retryable });
    this.failure = failure;
  }
}

/** Our own count says that the CRM would refuse the call. `afterMs`: when it would not. */
export class RateLimited extends AppError {
  readonly afterMs: number;
  constructor(vendor: string, afterMs: number) {
    super('rate_limited', `${vendor} is called as often as it allows: try again later.`, {
      status: 503,
      retryable: true,
    });
    this.afterMs = afterMs;
  }
}

/** What an error of a client means to a delivery. Others, and `needs_reconnecting`, are thrown on. */
export const failureOfError = (error: unknown): Failure => {
  if (error instanceof ReadFailed) return error.failure;
  if (!(error instanceof AppError) || !error.retryable) throw error;
  return { kind: 'retry', code: error.code, afterMs: error instanceof RateLimited ? error.afterMs : null };
};

export const timedOut = (vendor: string): AppError =>
  new AppError('timeout', `${vendor} did not answer in time: try again later.`, {
    status: 504,
    retryable: true,
  });

/** Vendors' libraries have no timeout one can rely on. What is given up may still arrive: the outcome is unknown. */
export const within = async <T>(vendor: string, ms: number, work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(timedOut(vendor)), ms);
  try {
    return await Promise.race([work, late.promise]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // A reset connection may have carried the request: as unknown as a timeout.
    throw new AppError('vendor_unavailable', `${vendor} cannot be reached: try again later.`, {
      status: 503,
      retryable: true,
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
};

/** Sends a call that may take so long, and not beyond `until` (epoch ms). `send` is told how long it has. Throws as `within`. */
export const withinUntil = <T>(
  vendor: string,
  { clock, timeoutMs, until }: { readonly clock: Clock; readonly timeoutMs: number; readonly until: number },
  send: (ms: number) => Promise<T>,
): Promise<T> => {
  const ms = Math.min(timeoutMs, until - clock.now());
  if (ms <= 0) throw timedOut(vendor);
  return within(vendor, ms, send(ms));
};
