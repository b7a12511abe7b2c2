import type { ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { OAUTH_URL, PIPEDRIVE_HOSTS } from './facts.ts';

type Settings = Pick<ConnectionInfo, 'settings'>;

/**
 * Where a company is called: `apiDomain` of the connection's settings, as the token endpoint names it. With the real
 * OAuth address set, only hosts of Pipedrive are ever sent a token.
 */
export const createAddresses = (oauthUrl: string) => {
  const strict = oauthUrl === OAUTH_URL;
  return {
    oauth: oauthUrl,
    /** Without a trailing slash. Throws AppError `invalid_settings`. */
    api: ({ settings }: Settings): string => {
      const given = String(settings.apiDomain ?? '');
      const parsed = URL.canParse(given) ? new URL(given) : null;
      const trusted = parsed?.protocol === 'https:' && PIPEDRIVE_HOSTS.test(parsed.host);
      if (parsed !== null && (trusted || !strict)) return given.replace(/\/+$/, '');
      throw new AppError(
        'invalid_settings',
        "The connection's apiDomain must be the company's https address, such as https://example.pipedrive.com.",
        { status: 422 },
      );
    },
  };
};

export type Addresses = ReturnType<typeof createAddresses>;
