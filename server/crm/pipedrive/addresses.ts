import type { ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { textOf, trustedAddress } from '../call/trusted-address.ts';
import { PIPEDRIVE_HOSTS } from './facts.ts';

type Settings = Pick<ConnectionInfo, 'settings'>;

/**
 * Where a company is called: `apiDomain` of the connection's settings, as the token endpoint names it. Only hosts of
 * Pipedrive, and the one configured, are ever sent a token.
 */
export const createAddresses = (oauthUrl: string) => {
  const trusts = (host: string) => PIPEDRIVE_HOSTS.test(host);
  return {
    oauth: oauthUrl,
    /** Without a trailing slash. Throws AppError `invalid_settings`. */
    api: ({ settings }: Settings): string => {
      const url = trustedAddress(settings.apiDomain, { configured: oauthUrl, trusts });
      if (url !== null) return textOf(url);
      throw new AppError(
        'invalid_settings',
        "The connection's apiDomain must be the company's https address, such as https://example.pipedrive.com.",
        { status: 422 },
      );
    },
  };
};

export type Addresses = ReturnType<typeof createAddresses>;
