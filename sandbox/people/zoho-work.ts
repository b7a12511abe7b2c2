import type { ZohoSandbox } from '../zoho/create-zoho.ts';
import { tableOf } from '../zoho/org.ts';
import type { Lookup } from '../zoho/types.ts';
import type { CrmWork } from './crm-work.ts';

const OPEN: readonly string[] = ['Not Contacted', 'Attempted to Contact', 'Contacted'];

/** What reps do in the Zoho org. `sells`: whether the person with that e-mail sells. */
export const zohoWork = (zoho: ZohoSandbox, sells: (email: string) => boolean): CrmWork => ({
  open: () =>
    [...tableOf(zoho.org(), 'Leads').values()]
      .filter((lead) => lead.Converted__s !== true && OPEN.includes(String(lead.Lead_Status)))
      .map(({ id, Owner, Modified_Time }) => ({
        id,
        owner: (Owner as Lookup).id,
        since: Date.parse(String(Modified_Time)),
      }))
      .filter(({ owner }) => sells(zoho.org().users.get(owner)?.email ?? '')),
  convert: ({ id, owner }) => zoho.convert({ id, by: owner }),
  giveUp: ({ id, owner }) => zoho.update({ id, by: owner, values: { Lead_Status: 'Not Qualified' } }),
});
