import { openAccounts } from '../open-accounts.ts';
import type { StandIn, StandInDeps } from '../stand-in.ts';
import type { SeedAccount } from './company.ts';
import { createHubSpotControl } from './control-routes.ts';
import { createHubSpot, type HubSpotSandbox } from './create-hubspot.ts';
import { HUBSPOT_LIMITS, type LimitSettings } from './rate-limits.ts';
import { keepHubSpotSaved } from './saved-state.ts';
import { hubspotSwitches } from './switches.ts';

const APP_ID = 9_000_001;

interface HubSpotStandInOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly accounts: readonly SeedAccount[];
  readonly limits: Partial<LimitSettings>;
}

/** HubSpot with these accounts and what was saved of them. Its pages in the desk are of their own kind. */
export const openHubSpot = async (
  deps: StandInDeps,
  options: HubSpotStandInOptions,
): Promise<{ readonly hubspot: HubSpotSandbox; readonly standIn: StandIn }> => {
  const { clientId, clientSecret, accounts, limits } = options;
  const { target, scheduler, random, files } = deps;
  const app = { appId: APP_ID, clientId, clientSecret };
  const hubspot = createHubSpot({ app, target, scheduler, random, limits });
  await openAccounts(accounts, hubspot.addAccount, { people: [] }, () => keepHubSpotSaved(hubspot, files));
  return {
    hubspot,
    standIn: {
      slug: 'hubspot',
      name: 'HubSpot',
      router: hubspot.router,
      control: createHubSpotControl(hubspot),
      desk: null,
      switches: hubspotSwitches(hubspot, { ...HUBSPOT_LIMITS, ...limits }),
      close: hubspot.close,
    },
  };
};
