import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import { tableOf } from '../salesforce/org.ts';
import type { CrmWork } from './crm-work.ts';

const OPEN: readonly string[] = ['Open - Not Contacted', 'Working - Contacted'];

/** What reps do in the Salesforce org. Whoever has a department there sells. */
export const salesforceWork = (salesforce: SalesforceSandbox): CrmWork => ({
  open: () => {
    const users = tableOf(salesforce.org(), 'User');
    return [...tableOf(salesforce.org(), 'Lead').values()]
      .filter((lead) => !lead.IsDeleted && !lead.IsConverted && OPEN.includes(String(lead.Status)))
      .map(({ Id, OwnerId, LastModifiedDate }) => ({
        id: Id,
        owner: String(OwnerId),
        since: Date.parse(String(LastModifiedDate)),
      }))
      .filter(({ owner }) => users.get(owner)?.IsActive && users.get(owner)?.Department);
  },
  convert: ({ id, owner }) => salesforce.convert({ id, by: owner }),
  giveUp: ({ id, owner }) =>
    salesforce.update({ id, by: owner, values: { Status: 'Closed - Not Converted' } }),
});
