import { zohoDesk } from '../desk/zoho/zoho-desk.ts';
import { openAccounts } from '../open-accounts.ts';
import type { StandIn, StandInDeps } from '../stand-in.ts';
import type { SeedZohoOrg } from './company.ts';
import { createZohoControl } from './control-routes.ts';
import { createZoho, type ZohoSandbox } from './create-zoho.ts';
import { keepZohoSaved } from './saved-state.ts';
import { zohoSwitches } from './switches.ts';

interface ZohoStandInOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly orgs: readonly SeedZohoOrg[];
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
  /** Where a lead's panel is shown for a person; null: none. */
  readonly cardUrl: (id: string, as: string) => string | null;
}

/** Zoho CRM with these orgs and what was saved of them. */
export const openZoho = async (
  { baseUrl, scheduler, random, files }: StandInDeps,
  { clientId, clientSecret, orgs, arrive, cardUrl }: ZohoStandInOptions,
): Promise<{ readonly zoho: ZohoSandbox; readonly standIn: StandIn }> => {
  const zoho = createZoho({ app: { clientId, clientSecret }, baseUrl, scheduler, random });
  await openAccounts(orgs, zoho.addOrg, { users: [], shifts: [], territories: [] }, () =>
    keepZohoSaved(zoho, files),
  );
  return {
    zoho,
    standIn: {
      slug: 'zoho',
      name: 'Zoho CRM',
      router: zoho.router,
      control: createZohoControl(zoho, baseUrl),
      desk: zohoDesk(zoho, { arrive, cardUrl }),
      switches: zohoSwitches(zoho),
      close: zoho.close,
    },
  };
};
