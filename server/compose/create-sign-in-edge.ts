import type { SignIns, SignInWay } from '../assignments/sign-in-ports.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config.ts';
import { createHubspotSignIn } from '../crm/hubspot/sign-in.ts';
import { readKeyring } from '../installs/keyring.ts';
import { createSignIns } from '../installs/sign-in/create-sign-ins.ts';
import { createOidcWay } from '../installs/sign-in/oidc-way.ts';
import { tellsFactors } from '../installs/sign-in/several-factors.ts';
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

/** Those whose app is set up here. */
const createSignInWays = (
  { slack, salesforce, dynamics, hubspot, oidc, severalFactors }: Config,
  clock: Clock,
): readonly SignInWay[] => {
  const around = { clock, severalFactors };
  return [
    ...(oidc === null ? [] : [createOidcWay({ provider: 'oidc', ...around, ...oidc })]),
    ...withApp(slack, (app) =>
      createOidcWay({ provider: 'slack', url: slackIssuer(slack.apiUrl), ...around, ...app }),
    ),
    ...withApp(salesforce, (app) =>
      createOidcWay({ provider: 'salesforce', url: salesforce.loginUrl, ...around, ...app }),
    ),
    ...withApp(dynamics, (app) =>
      createOidcWay({ provider: 'microsoft', url: dynamics.loginUrl, ...around, ...app }),
    ),
    ...withApp(hubspot, (app) => createHubspotSignIn({ ...hubspot, ...app })),
  ];
};

/** `https://slack.com` of `https://slack.com/api/`. */
const slackIssuer = (apiUrl: string): string => new URL('..', apiUrl).href.replace(/\/$/, '');

/** Sign-in, for the HTTP edge. */
export const createSignInEdge = ({ config, stores, vendors, clock, origin }: Around): SignIns => {
  const { severalFactors } = config;
  const all = createSignInWays(config, clock);
  const told = (way: SignInWay): boolean => severalFactors === null || tellsFactors(way.id, severalFactors);
  return createSignIns({
    ways: all.filter(told),
    untold: all.filter((way) => !told(way)),
    store: stores.signIns,
    book: stores.peopleBook,
    vault: vendors.vault,
    keyring: readKeyring(config.keys),
    clock,
    newSecret: () => newSecret(''),
    origin,
    newWorkspaces: config.newWorkspaces,
    tenantIds: async () => (await stores.tenants.list()).map(({ id }) => id),
    makeTenant: () => stores.tenants.createFirst(config.tenantName),
  });
};
