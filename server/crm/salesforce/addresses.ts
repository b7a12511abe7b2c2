import type { ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { LOGIN_URL, SALESFORCE_HOSTS } from './facts.ts';

type Settings = Pick<ConnectionInfo, 'settings'>;

/**
 * Where an org is called and signed in to. `instanceUrl` and `loginUrl` of the connection's settings name its own
 * domain; with the real login address set, only hosts of Salesforce are ever sent a token or a secret.
 */
export const createAddresses = (configuredLoginUrl: string) => {
  const strict = configuredLoginUrl === LOGIN_URL;
  const checked = (name: string, url: string): string => {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    const trusted = parsed?.protocol === 'https:' && SALESFORCE_HOSTS.test(parsed.hostname);
    if (parsed !== null && (trusted || !strict)) return url.replace(/\/+$/, '');
    throw new AppError(
      'invalid_settings',
      `The connection's ${name} must be an https address of Salesforce, such as https://example.my.salesforce.com.`,
      { status: 422 },
    );
  };
  return {
    /** Throws AppError `invalid_settings`. */
    instance: ({ settings }: Settings): string => checked('instanceUrl', String(settings.instanceUrl ?? '')),
    /** Throws AppError `invalid_settings`. */
    login: ({ settings }: Settings): string =>
      checked('loginUrl', typeof settings.loginUrl === 'string' ? settings.loginUrl : configuredLoginUrl),
  };
};

export type Addresses = ReturnType<typeof createAddresses>;
