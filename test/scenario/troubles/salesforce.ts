import { salesforceConnection } from '../../support/salesforce-connection.ts';
import { salesforce as crm } from '../crms/salesforce.ts';
import { PEOPLE } from '../scenario-crm.ts';
import { secretTrouble, type TroubledCrm } from './trouble.ts';

const DOMAIN = 'scenarios';
const INTEGRATION = 'integration@example.com';

export const salesforce: TroubledCrm = {
  crm,
  open: ({ salesforce: vendor }) => {
    const table = (name: string) => vendor.org(DOMAIN).tables.get(name)!;
    const anna = [...table('User').values()].find(({ Email }) => Email === PEOPLE.anna.email)!;
    const setActive = (IsActive: boolean) =>
      vendor.update({ domain: DOMAIN, objectType: 'User', id: anna.Id, values: { IsActive } });
    const [supported] = table('QueueSobject').values();
    const connect = (scopes?: readonly string[]) =>
      salesforceConnection(vendor.install(DOMAIN, INTEGRATION, scopes), 'Scenarios');
    return {
      wrongSecret: secretTrouble({
        app: vendor.app,
        expire: () => vendor.oauth.expireAll(),
        names: 'SALESFORCE',
      }),
      missingScopes: {
        begin: () => connect(['refresh_token', 'id']),
        mend: () => connect(),
        says: /scopes.*api.*connect again/i,
      },
      noLeads: {
        begin: () => vendor.hide('Lead', true, DOMAIN),
        mend: () => vendor.hide('Lead', false, DOMAIN),
        says: /no such object.*permission set.*editions without Leads/,
      },
      fieldDeleted: {
        source: 'Lead.Language__c',
        begin: () => vendor.hide('Lead.Language__c', true, DOMAIN),
        mend: () => vendor.hide('Lead.Language__c', false, DOMAIN),
        says: /Lead\.Language__c.*correct the policy/,
      },
      inactiveOwner: {
        begin: () => setActive(false),
        mend: () => setActive(true),
        says: /inactive.*activate them in Salesforce.*stays with whoever has it/,
      },
      queueCannotOwn: {
        target: 'Holding',
        begin: () => void table('QueueSobject').delete(supported!.Id),
        mend: () => void table('QueueSobject').set(supported!.Id, supported!),
        says: /queue may not own.*add Lead to its supported objects.*stays with whoever has it/,
      },
    };
  },
};
