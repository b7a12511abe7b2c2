import { AppError } from '../../base/app-error.ts';
import { within } from '../failures.ts';
import { TOKEN_TIMEOUT_MS } from './ask-token.ts';
import { fetchOnce } from './fetch-once.ts';

/** One call that takes something back at a vendor. */
export interface TakeBack {
  readonly method: 'POST' | 'DELETE';
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns the status, below 500. Throws a retryable AppError where the vendor does not answer, or cannot now. */
export const takeBack = async (vendor: string, { method, url, form, headers }: TakeBack): Promise<number> => {
  const request = {
    method,
    headers: {
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    body: form ? String(new URLSearchParams(form)) : null,
  };
  const { status } = await within(vendor, TOKEN_TIMEOUT_MS, fetchOnce(url, request, TOKEN_TIMEOUT_MS));
  if (status < 500 && status !== 429 && status !== 408) return status;
  throw new AppError('vendor_unavailable', `${vendor} answered ${status}: it is asked again by itself.`, {
    status: 503,
    retryable: true,
  });
};
