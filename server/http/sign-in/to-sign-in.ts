import type { Request, Response } from 'express';
import { AppError } from '../../base/app-error.ts';
import { addressOf } from '../limits/address-of.ts';
import type { HttpParts } from '../ports.ts';
import { requestIdOf } from '../request-log.ts';

/** Codes the page has a sentence for: nothing else of an error goes into an address. */
const SAID = new Set([
  'sign_in_expired',
  'sign_in_declined',
  'sign_in_refused',
  'sign_in_stale',
  'factors_lacking',
  'factors_untold',
  'identity_taken',
  'no_workspace',
  'waiting',
  'removed',
  'not_configured',
]);

/**
 * Sends the browser to the sign-in page, which says what happened, and leads to `returnTo` from there. What is not the
 * person's to mend is thrown on.
 */
export const toSignIn = (
  { log }: Pick<HttpParts, 'log'>,
  request: Request,
  response: Response,
  error: unknown,
  returnTo = '/',
): void => {
  if (!(error instanceof AppError)) throw error;
  const failed = SAID.has(error.code) ? error.code : error.retryable ? 'unavailable' : null;
  if (failed === null) throw error;
  const about = { requestId: requestIdOf(request), path: request.path, address: addressOf(request) };
  log.info({ ...about, code: error.code }, 'nobody was signed in');
  const query = new URLSearchParams({ failed, ...(returnTo !== '/' && { return: returnTo }) });
  sendTo(response, `/sign-in?${query}`);
};

/** Sends the browser to a path of the console. The address it came to held a code, which nobody is to be told. */
export const sendTo = (response: Response, path: string): void => {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.redirect(303, path);
};
