import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { type CookieBrowser, openBrowserOf } from './cookie-jar.ts';
import { openTestDatabase } from './databases.ts';
import { OIDC_APP, openIdentityProvider } from './identity-provider.ts';

export const API_KEY = 'fl_sign-in-api-key-for-tests-only';
const KEYS = `k:${Buffer.alloc(32, 7).toString('base64')}`;

export interface WorldOptions {
  readonly settings?: Readonly<Record<string, string>>;
}

/** Fairlead on a database of its own, where people sign in with a provider of the company's own. `settings`: others than usual. */
export const openSignInWorld = async (kind: Storage['kind'], { settings = {} }: WorldOptions = {}) => {
  const { storage, drop } = await openTestDatabase(kind);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = await openIdentityProvider(`${url}/oauth/oidc/signed-in`);
  const config = readConfig({
    DATA_DIR: '/nonexistent',
    FAIRLEAD_KEYS: KEYS,
    LOG_LEVEL: 'silent',
    BOOTSTRAP_API_KEY: API_KEY,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: OIDC_APP.clientId,
    OIDC_CLIENT_SECRET: OIDC_APP.clientSecret,
    OIDC_NAME: 'Harbour ID',
    // A file's tests sign in at one address, as a whole office does, within a minute.
    LIMIT_INSTALLS: '10000',
    ...settings,
  });
  const service = await composeService(config, { storage, publicBaseUrl: () => url });
  server.on('request', service.app);

  const api = (path: string, body?: unknown, cookies?: ReadonlyMap<string, string>, method = 'POST') =>
    fetch(url + path, {
      method: body === undefined ? 'GET' : method,
      headers: {
        ...(cookies
          ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), origin: url }
          : { authorization: `Bearer ${API_KEY}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  /** Signed in at the provider as somebody: the address the browser is sent back to. */
  const agreed = async (
    browser: CookieBrowser,
    as: string,
    query = '',
    amr: readonly string[] = ['pwd'],
  ): Promise<string> => {
    browser.forget(provider.issuer);
    const who = await browser.follow(`/oauth/oidc/sign-in${query}`, (to) => to.includes('/who/'));
    const proven = amr.map((method) => `&amr=${method}`).join('');
    return browser.follow(`${who}?as=${as}${proven}`, (to) => to.startsWith(`${url}/oauth/`));
  };
  return {
    url,
    provider,
    service,
    storage,
    keyring: readKeyring(KEYS),
    api,
    agreed,
    browser: () => openBrowserOf(url),
    /** Signs in through the whole flow; the browser, and the path it ended at. */
    signIn: async (as: string, query = '', browser = openBrowserOf(url)) => {
      const { location } = await browser.get(await agreed(browser, as, query));
      return { browser, ended: location.replace(url, '') };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.stop();
      await provider.close();
      await storage.close();
      await drop();
    },
  };
};

export type SignInWorld = Awaited<ReturnType<typeof openSignInWorld>>;
