import { z } from 'zod';
import type { RefreshReply } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { within } from '../failures.ts';

/** How long a vendor may take to hand out a token. Milliseconds. */
export const TOKEN_TIMEOUT_MS = 10_000;

/** An app as its vendor knows it. */
export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token endpoint's answer where it gives one: RFC 6749, section 5.1. */
export const granted = z.object({
  access_token: z.string().min(1),
  /** Another one, where the vendor rotates them. */
  refresh_token: z.string().min(1).optional(),
  /** Seconds. */
  expires_in: z.number().positive(),
});

/** A grant as the vault takes it. */
export const toGrant = ({
  access_token,
  refresh_token,
  expires_in,
}: {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: number | undefined;
}) =>
  ({
    ok: true,
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresInMs: expires_in === undefined ? null : expires_in * 1000,
  }) satisfies RefreshReply;

/** Posts a form to a token endpoint. `body`: its JSON; undefined where it has none. Throws as `within`. */
export const askToken = (
  vendor: string,
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> =>
  within(vendor, TOKEN_TIMEOUT_MS, post(url, form, headers));

const post = async (
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
) => {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
    redirect: 'manual',
    signal: AbortSignal.timeout(TOKEN_TIMEOUT_MS),
  });
  const body: unknown = await response.json().catch(() => undefined);
  return { status: response.status, body };
};

/** A slip of the vendor's, which must not disconnect a customer: AppError `vendor_unavailable`, retryable. */
export const noToken = (
  vendor: string,
  { why, cause }: { readonly why?: string; readonly cause?: unknown },
): AppError =>
  new AppError(
    'vendor_unavailable',
    `${vendor} gave no token${why === undefined ? '' : `: ${why}`}. It is tried again by itself.`,
    { status: 503, retryable: true, cause },
  );
