/** A refusal as the API words it. */
export class PipedriveError extends Error {
  readonly status: number;
  readonly code: string | undefined;
  /** What the caller is told besides: how long to wait. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: { readonly code?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = more.code;
    this.headers = more.headers ?? {};
  }
}

const INFO = 'Please check developers.pipedrive.com for more information about Pipedrive API.';

/** The body of a refusal. Leads of v1 have a form of their own, and rate limits another. */
export const errorBody = (error: PipedriveError, path: string): unknown => {
  if (error.status === 429) return { success: false, error: error.message, errorCode: 429 };
  if (path.includes('/api/v2/'))
    return { success: false, error: error.message, ...(error.code && { code: error.code }) };
  if (path.includes('/leads'))
    return { success: false, error: error.message, error_info: INFO, data: null, additional_data: null };
  return { success: false, error: error.message, errorCode: error.status, error_info: INFO };
};

/** The page the content network shows to those who go on after 429s. */
export const BLOCKED_PAGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>Access denied | api.pipedrive.com used Cloudflare to restrict access</title></head><body><h1>Error 1015</h1><p>You are being rate limited</p></body></html>';

/** Has the page shown instead of JSON. */
export class BlockedError extends Error {}

export const notFound = (what: string): PipedriveError => new PipedriveError(404, `${what} not found`);

export const badRequest = (message: string): PipedriveError =>
  new PipedriveError(400, message, { code: 'ERR_SCHEMA_VALIDATION_FAILED' });
