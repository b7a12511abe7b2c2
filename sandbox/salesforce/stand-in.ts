import { salesforceDesk } from '../desk/salesforce/salesforce-desk.ts';
import { openAccounts } from '../open-accounts.ts';
import { returnAddresses } from '../open-id/return-addresses.ts';
import type { StandIn, StandInDeps } from '../stand-in.ts';
import type { SeedOrg } from './company.ts';
import { createSalesforceControl } from './control-routes.ts';
import { createSalesforce, type SalesforceSandbox } from './create-salesforce.ts';
import { keepSalesforceSaved } from './saved-state.ts';
import { salesforceSwitches } from './switches.ts';

interface SalesforceStandInOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly orgs: readonly SeedOrg[];
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
  readonly cardUrl: (id: string, by: string) => string | null;
}

/** Salesforce with these orgs and what was saved of them. */
export const openSalesforce = async (
  deps: StandInDeps,
  options: SalesforceStandInOptions,
): Promise<{ readonly salesforce: SalesforceSandbox; readonly standIn: StandIn }> => {
  const { clientId, clientSecret, orgs, arrive, cardUrl } = options;
  const { baseUrl, scheduler, random, target, files } = deps;
  const salesforce = createSalesforce({
    app: {
      clientId,
      clientSecret,
      mayReturnTo: returnAddresses(target, '/oauth/salesforce/callback', '/oauth/salesforce/signed-in'),
    },
    baseUrl,
    scheduler,
    random,
    target,
  });
  await openAccounts(orgs, salesforce.addOrg, { users: [], queues: [] }, () =>
    keepSalesforceSaved(salesforce, files),
  );
  return {
    salesforce,
    standIn: {
      slug: 'salesforce',
      name: 'Salesforce',
      router: salesforce.router,
      control: createSalesforceControl(salesforce),
      desk: salesforceDesk({ salesforce, arrive, cardUrl }),
      switches: salesforceSwitches(salesforce),
      close: salesforce.close,
    },
  };
};
