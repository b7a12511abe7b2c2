import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { AppError } from '../../base/app-error.ts';

/** The provider, or what it sent, does not prove who somebody is. */
export const refusedBecause = (name: string, why: string, cause?: unknown): AppError =>
  new AppError('sign_in_refused', `${name} did not sign you in: ${why} Begin again.`, { status: 409, cause });

/** Somebody signed in, and not as is demanded here. */
export const factorsLacking = (name: string): AppError =>
  new AppError(
    'factors_lacking',
    `${name} did not say that you signed in with more than one factor: set up a second one there, sign in with it, and begin again.`,
    { status: 409 },
  );

const declined = (name: string): AppError =>
  new AppError('sign_in_declined', `Nobody was signed in: it was declined at ${name}.`, { status: 409 });

const unavailable = (name: string, cause: unknown): AppError =>
  new AppError('unavailable', `${name} does not answer: try again in a moment.`, {
    status: 503,
    retryable: true,
    cause,
  });

const isSilent = (error: unknown): boolean =>
  (error instanceof TypeError && error.message === 'fetch failed') ||
  (error as { code?: unknown }).code === 'OAUTH_TIMEOUT' ||
  (error instanceof ResponseBodyError && error.status >= 500);

/** What went wrong at a provider, as an AppError; thrown. */
export const toSignInError =
  (name: string) =>
  (error: unknown): never => {
    if (error instanceof AppError) throw error;
    if (error instanceof AuthorizationResponseError && error.error === 'access_denied') throw declined(name);
    if (isSilent(error)) throw unavailable(name, error);
    throw refusedBecause(name, 'what it sent does not prove who you are.', error);
  };
