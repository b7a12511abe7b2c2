import type { HubSpotFetchOptions } from '@hubspot/ui-extensions';

/** HubSpot's fetch: JSON only, given up after `timeout`. The path and query of the URL go to another base. */
export const relay =
  (base: () => string) =>
  (url: string, { method = 'GET', body, timeout = 15_000 }: HubSpotFetchOptions = {}): Promise<Response> => {
    const { pathname, search } = new URL(url);
    return fetch(`${base()}${pathname}${search}`, {
      method,
      signal: AbortSignal.timeout(timeout),
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  };
