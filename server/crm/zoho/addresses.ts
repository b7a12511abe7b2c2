import type { ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { textOf, trustedAddress } from '../call/trusted-address.ts';
import { ACCOUNTS_URL, API_PREFIXES, DATA_CENTRES } from './facts.ts';

type Settings = Pick<ConnectionInfo, 'settings'>;

/**
 * Where an org is called and its tokens are had: `apiDomain` and `accountsServer` of the connection's settings, which
 * came out of a browser's address. Both must be hosts of Zoho, and of one data centre; with another accounts URL
 * configured (a stand-in) they must be of its origin.
 */
export const createAddresses = (configuredAccountsUrl: string) => {
  const strict = configuredAccountsUrl === ACCOUNTS_URL;

  const parse = (name: string, given: unknown, trusts: (host: string) => boolean): URL => {
    const url = trustedAddress(given, { configured: configuredAccountsUrl, trusts });
    if (url !== null) return url;
    throw new AppError(
      'invalid_settings',
      `The connection's ${name} must be an https address of Zoho, such as ${EXAMPLES[name]}.`,
      { status: 422 },
    );
  };

  const accounts = ({ settings }: Settings): URL =>
    parse('accountsServer', settings.accountsServer ?? configuredAccountsUrl, (host) =>
      DATA_CENTRES.some((centre) => centre.accounts === host),
    );
  const api = ({ settings }: Settings): URL =>
    parse('apiDomain', settings.apiDomain, (host) => centreOfApi(host) !== undefined);

  return {
    /** Throws AppError `invalid_settings`. */
    api: (connection: Settings): string => textOf(api(connection)),
    /** Throws AppError `invalid_settings`. */
    accounts: (connection: Settings): string => textOf(accounts(connection)),
    /** Throws AppError `invalid_settings` for settings whose two hosts are not of one data centre. */
    check: (connection: Settings): void => {
      const [apiHost, accountsHost] = [api(connection).hostname, accounts(connection).hostname];
      if (!strict || centreOfApi(apiHost)?.accounts === accountsHost) return;
      throw new AppError(
        'invalid_settings',
        'accountsServer and apiDomain must be of one data centre: take both from the same installation.',
        { status: 422 },
      );
    },
    /** Where records open for people. */
    site: (connection: Settings): string => {
      const url = api(connection);
      const centre = centreOfApi(url.hostname);
      return centre === undefined ? textOf(url) : `https://${centre.site}`;
    },
  };
};

export type Addresses = ReturnType<typeof createAddresses>;

const EXAMPLES: Readonly<Record<string, string>> = {
  accountsServer: 'https://accounts.zoho.eu',
  apiDomain: 'https://www.zohoapis.eu',
};

const centreOfApi = (host: string) =>
  DATA_CENTRES.find(({ api }) => API_PREFIXES.some((prefix) => host === `${prefix}.${api}`));

/** Whether a host is one of Zoho's that is ever sent something. */
export const isZohoHost = (host: string): boolean =>
  DATA_CENTRES.some(({ accounts }) => accounts === host) || centreOfApi(host) !== undefined;
