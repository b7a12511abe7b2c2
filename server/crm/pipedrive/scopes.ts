import type { VendorScopes } from '../../assignments/install-ports.ts';

/** What the app's registration is to have; an install grants all of it at once [doc]. */
export const PIPEDRIVE_SCOPES: VendorScopes = {
  wanted: [
    { scope: 'leads:full', without: 'leads can be neither read nor given an owner' },
    { scope: 'contacts:full', without: 'people and organisations can be neither read nor made' },
    { scope: 'deals:full', without: 'deals can be neither read nor given an owner' },
    { scope: 'activities:full', without: 'activities are neither seen nor made for reps without Slack' },
    { scope: 'users:read', without: 'people cannot be imported' },
    { scope: 'search:read', without: 'leads that come in elsewhere are not looked up before they are made' },
    { scope: 'admin', without: 'Pipedrive does not push: changes are found by looking, minutes later' },
  ],
};
