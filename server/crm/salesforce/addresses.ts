import type { ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { textOf, trustedAddress } from '../call/trusted-address.ts';
import { SALESFORCE_HOSTS } from './facts.ts';

type Settings = Pick<ConnectionInfo, 'settings'>;

/**
 * Where an org is called and signed in to. `instanceUrl` and `loginUrl` of the connection's settings name its own
 * domain: only hosts of Salesforce, and the one configured, are ever sent a token or a secret.
 */
export const createAddresses = (configuredLoginUrl: string) => {
  const checked = (name: string, given: unknown): string => {
    const trusts = (host: string) => SALESFORCE_HOSTS.test(host);
    const url = trustedAddress(given, { configured: configuredLoginUrl, trusts });
    if (url !== null) return textOf(url);
    throw new AppError(
      'invalid_settings',
      `The connection's ${name} must be an https address of Salesforce, such as https://example.my.salesforce.com.`,
      { status: 422 },
    );
  };
  return {
    /** Throws AppError `invalid_settings`. */
    instance: ({ settings }: Settings): string => checked('instanceUrl', settings.instanceUrl),
    /** Throws AppError `invalid_settings`. */
    login: ({ settings }: Settings): string =>
      checked('loginUrl', typeof settings.loginUrl === 'string' ? settings.loginUrl : configuredLoginUrl),
  };
};

export type Addresses = ReturnType<typeof createAddresses>;
