import type { ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { textOf, trustedAddress } from '../call/trusted-address.ts';
import type { GivenConnection } from '../connector.ts';
import { API_PATH, ENVIRONMENT_HOSTS, LOGIN_HOSTS } from './facts.ts';

type Settings = Pick<ConnectionInfo, 'settings'>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const wrong = (message: string): AppError => new AppError('invalid_settings', message, { status: 422 });

/**
 * Where an environment is called and signed in to: `url`, `tenantId` and, for other clouds, `loginUrl` of the
 * connection's settings. Only Microsoft's hosts, and the one configured, are ever sent a token or a secret.
 */
export const createAddresses = (configuredLoginUrl: string) => {
  const checked = (name: string, given: unknown, trusts: (host: string) => boolean): string => {
    const url = trustedAddress(given, { configured: configuredLoginUrl, trusts });
    if (url !== null) return textOf(url);
    throw wrong(
      `The connection's ${name} must be an https address of Microsoft, such as https://contoso.crm4.dynamics.com.`,
    );
  };
  const environment = ({ settings }: Settings): string =>
    checked('url', settings.url, (host) => ENVIRONMENT_HOSTS.test(host));
  const login = ({ settings }: Settings): string => {
    const { loginUrl, tenantId } = settings;
    const host =
      typeof loginUrl === 'string'
        ? checked('loginUrl', loginUrl, (name) => LOGIN_HOSTS.has(name))
        : configuredLoginUrl;
    if (GUID.test(String(tenantId ?? '').toLowerCase()))
      return `${host}/${String(tenantId)}/oauth2/v2.0/token`;
    throw wrong('The connection’s tenantId must be the id of the Entra tenant the environment belongs to.');
  };
  return {
    /** Throws AppError `invalid_settings`. */
    environment,
    /** Where the Web API begins. Throws AppError `invalid_settings`. */
    api: (connection: Settings): string => `${environment(connection)}${API_PATH}`,
    /** The token endpoint. Throws AppError `invalid_settings`. */
    login,
    /** A connection as it is stored: known by its organization's id. Throws AppError `invalid_settings`. */
    check: (given: GivenConnection): GivenConnection => {
      const url = environment(given);
      login(given);
      const externalId = given.externalId.toLowerCase();
      if (!GUID.test(externalId))
        throw wrong('externalId must be the environment’s organization id, as WhoAmI answers it.');
      return { ...given, externalId, settings: { ...given.settings, url } };
    },
  };
};

export type Addresses = ReturnType<typeof createAddresses>;
