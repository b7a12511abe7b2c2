import type { Response } from 'express';
import { AppError } from '../../base/app-error.ts';

type Told =
  | { readonly connect: string }
  | { readonly connected: string }
  | { readonly parked: true }
  | { readonly vendor: string; readonly error: unknown };

/** Codes the page has a sentence for: nothing else of an error goes into an address. */
const SAID = new Set([
  'install_expired',
  'install_declined',
  'install_refused',
  'conflict',
  'invalid_settings',
  'not_configured',
]);

/** Sends the browser to the connections, which say what happened. What is not the person's to mend is thrown on. */
export const toConnections = (response: Response, told: Told): void => {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.redirect(303, `/connections?${new URLSearchParams(queryOf(told))}`);
};

const queryOf = (told: Told): Record<string, string> => {
  if ('connect' in told) return { connect: told.connect };
  if ('connected' in told) return { connected: told.connected };
  if ('parked' in told) return { parked: '1' };
  const { error, vendor } = told;
  if (!(error instanceof AppError)) throw error;
  if (SAID.has(error.code)) return { failed: error.code, vendor };
  if (error.retryable) return { failed: 'unavailable', vendor };
  throw error;
};
