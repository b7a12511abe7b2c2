import { z } from 'zod';
import type { GrantedAccount } from '../../assignments/install-ports.ts';
import { AppError } from '../../base/app-error.ts';
import { within } from '../failures.ts';
import { askToken, granted, TOKEN_TIMEOUT_MS } from './ask-token.ts';

/** What only beginning the install again mends. */
export const installRefused = (vendor: string, why: string, cause?: unknown): AppError =>
  new AppError('install_refused', `${vendor} did not connect: ${why} Begin again from Connections.`, {
    status: 409,
    cause,
  });

/** The answer to a code. Every vendor adds something of its own. */
export const redeemed = granted.extend({
  /** An install is for longer than one token. */
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
  /** With spaces, or commas. */
  scope: z.string().optional(),
});

export const scopesOf = (scope: string | undefined): readonly string[] =>
  (scope ?? '').split(/[\s,]+/).filter(Boolean);

/** The tokens of an answer, as a connection takes them. */
export const tokensOf = (given: z.output<typeof redeemed>): GrantedAccount['tokens'] => ({
  accessToken: given.access_token,
  refreshToken: given.refresh_token,
  expiresIn: given.expires_in ?? null,
});

/** Changes a code for tokens. Throws AppError `install_refused`, or retryable ones where the vendor does not answer. */
export const redeemCode = async <T>(
  vendor: string,
  ask: {
    readonly url: string;
    readonly form: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
  },
  answer: z.ZodType<T>,
): Promise<T> => {
  const { body } = await askToken(
    vendor,
    ask.url,
    { ...ask.form, grant_type: 'authorization_code' },
    ask.headers,
  );
  const parsed = answer.safeParse(body);
  if (parsed.success) return parsed.data;
  throw installRefused(
    vendor,
    'its code was not accepted, perhaps because it was used before or is too old.',
    body,
  );
};

/** Asks who the tokens are for. Throws AppError `install_refused`. */
export const askWho = async <T>(
  vendor: string,
  url: string,
  authorization: string,
  answer: z.ZodType<T>,
): Promise<T> => {
  const parsed = answer.safeParse(await within(vendor, TOKEN_TIMEOUT_MS, getJson(url, authorization)));
  if (parsed.success) return parsed.data;
  throw installRefused(vendor, 'it did not say which account this is.', parsed.error);
};

const getJson = async (url: string, authorization: string): Promise<unknown> => {
  const response = await fetch(url, {
    headers: { authorization, accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TOKEN_TIMEOUT_MS),
  });
  return response.json().catch(() => undefined);
};

/** An address with its query. */
export const addressWith = (base: string, query: Readonly<Record<string, string>>): string =>
  `${base}?${new URLSearchParams(query)}`;
