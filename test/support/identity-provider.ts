import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Somebody at the provider. */
export interface Account {
  readonly name: string;
  readonly email: string;
  readonly email_verified: boolean;
}

export const OIDC_APP = { clientId: 'fairlead', clientSecret: 'a-secret-of-the-app-for-tests-only' };

/** Who signs in there, by subject. */
export const ACCOUNTS: Readonly<Record<string, Account>> = {
  olga: { name: 'Olga Petrova', email: 'olga@example.com', email_verified: true },
  dana: { name: 'Dana Whitfield', email: 'dana@example.com', email_verified: true },
  sam: { name: 'Sam Okafor', email: 'Sam@Example.com', email_verified: true },
  mallory: { name: 'Mallory', email: 'dana@example.com', email_verified: false },
};

/** A conformant OpenID provider on this machine, whose page asks only who one is, and takes from `?amr=` how that was proven. */
export const openIdentityProvider = async (redirectUri: string) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_APP.clientId,
        client_secret: OIDC_APP.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a-key-for-tests-only'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/who/${uid}` },
    pkce: { required: () => true },
    findAccount: (_context: unknown, id: string) =>
      ACCOUNTS[id] && { accountId: id, claims: () => ({ sub: id, ...ACCOUNTS[id] }) },
    loadExistingGrant: async (context: {
      oidc: { session: { accountId: string }; client: { clientId: string } };
    }) => {
      const { session, client } = context.oidc;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (!url.pathname.startsWith('/who/')) return callback(request, response);
    const accountId = url.searchParams.get('as');
    if (accountId === null) {
      const links = Object.entries(ACCOUNTS).map(
        ([id, { name }]) => `<p><a href="?as=${id}">${name}</a></p>`,
      );
      response.setHeader('content-type', 'text/html');
      return response.end(
        `<title>Who are you?</title>${links.join('')}<p><a href="?as=nobody">Cancel</a></p>`,
      );
    }
    const result =
      accountId === 'nobody'
        ? { error: 'access_denied', error_description: 'the person declined' }
        : { login: { accountId, remember: false, amr: url.searchParams.getAll('amr') } };
    provider.interactionFinished(request, response, result).catch((error: Error) => {
      response.statusCode = 500;
      response.end(error.message);
    });
  });
  return {
    issuer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
