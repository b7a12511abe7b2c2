import { isLoopbackName } from '../../base/outgoing/special-addresses.ts';

/**
 * Reads an address that came from outside: a setting of a connection, or what a vendor answered. It must be plain https
 * to a host the vendor owns, without a port, a user or a path; or lie where the configured address lies, which an
 * operator chose (a stand-in on this machine). null: it is neither, and nothing is sent there.
 */
export const trustedAddress = (
  given: unknown,
  { configured, trusts }: { readonly configured: string; readonly trusts: (host: string) => boolean },
): URL | null => {
  if (typeof given !== 'string' || !URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  const ofVendor =
    url.protocol === 'https:' && url.port === '' && url.pathname === '/' && trusts(url.hostname);
  return ofVendor || besides(url, configured) ? url : null;
};

/** Whether both are one server; the names of this machine are one. */
const besides = (url: URL, configured: string): boolean => {
  if (!URL.canParse(configured)) return false;
  const own = new URL(configured);
  const sameHost =
    url.hostname === own.hostname || (isLoopbackName(url.hostname) && isLoopbackName(own.hostname));
  return sameHost && url.protocol === own.protocol && url.port === own.port;
};

/** An address without the slashes it ends in. */
export const textOf = (url: URL): string => url.href.replace(/\/+$/, '');
