import type { SignIns, SignInWay } from '../assignments/sign-in-ports.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import { createHubspotSignIn } from '../crm/hubspot/sign-in.ts';
import { readKeyring } from '../installs/keyring.ts';
import { createSignIns } from '../installs/sign-in/create-sign-ins.ts';
import { createOidcWay } from '../installs/sign-in/oidc-way.ts';
import { newSecret } from '../storage/directory/secrets.ts';
import type { Vendors } from './connect-vendors.ts';
import type { Stores } from './stores.ts';
import { withApp } from './with-app.ts';

interface Around {
  readonly config: Config;
  readonly stores: Stores;
  readonly vendors: Pick<Vendors, 'vault'>;
  readonly clock: Clock;
  /** The origin browsers reach. */
  readonly origin: () => string;
}

/** Whom people can sign in with: those whose app is set up here. */
const createSignInWays = (
  { slack, salesforce, dynamics, hubspot, oidc }: Config,
  clock: Clock,
): readonly SignInWay[] => [
  ...(oidc === null ? [] : [createOidcWay({ provider: 'oidc', clock, ...oidc })]),
  ...withApp(slack, (app) =>
    createOidcWay({ provider: 'slack', url: slackIssuer(slack.apiUrl), clock, ...app }),
  ),
  ...withApp(salesforce, (app) =>
    createOidcWay({ provider: 'salesforce', url: salesforce.loginUrl, clock, ...app }),
  ),
  ...withApp(dynamics, (app) =>
    createOidcWay({ provider: 'microsoft', url: dynamics.loginUrl, clock, ...app }),
  ),
  ...withApp(hubspot, (app) => createHubspotSignIn({ ...hubspot, ...app })),
];

/** `https://slack.com` of `https://slack.com/api/`. */
const slackIssuer = (apiUrl: string): string => new URL('..', apiUrl).href.replace(/\/$/, '');

/** Sign-in, for the HTTP edge. */
export const createSignInEdge = ({ config, stores, vendors, clock, origin }: Around): SignIns =>
  createSignIns({
    ways: createSignInWays(config, clock),
    store: stores.signIns,
    book: stores.peopleBook,
    vault: vendors.vault,
    keyring: readKeyring(config.keys),
    clock,
    newSecret: () => newSecret(''),
    origin,
    tenantIds: async () => (await stores.tenants.list()).map(({ id }) => id),
    makeTenant: () => stores.tenants.createFirst(config.tenantName),
  });
