import { USUAL_SCOPES } from '../../../sandbox/zoho/oauth/scopes.ts';
import { zoho as crm } from '../crms/zoho.ts';
import { PEOPLE } from '../scenario-crm.ts';
import { secretTrouble, type TroubledCrm } from './trouble.ts';

const DOMAIN = 'scenarios';
const INTEGRATION = 'integration@example.com';

export const zoho: TroubledCrm = {
  crm,
  open: ({ zoho: vendor }) => {
    const connect = (scopes?: readonly string[]) => {
      const granted = vendor.install(DOMAIN, INTEGRATION, scopes);
      return {
        vendor: 'zoho',
        externalId: granted.orgId,
        name: 'Scenarios',
        scopes: ['ZohoCRM.modules.ALL'],
        tokens: { refreshToken: granted.refreshToken },
        settings: { accountsServer: granted.accountsServer, apiDomain: granted.apiDomain },
      };
    };
    const leaves = (email: string) => vendor.setUserStatus(email, 'disabled', DOMAIN);
    const returns = (email: string) => vendor.setUserStatus(email, 'active', DOMAIN);
    const says = /takes this owner no more.*Activate the user in Zoho CRM.*stays with whoever has it/;
    return {
      wrongSecret: secretTrouble({ app: vendor.app, expire: () => vendor.oauth.expireAll(), names: 'ZOHO' }),
      missingScopes: {
        begin: () => connect(USUAL_SCOPES.filter((scope) => scope !== 'ZohoCRM.modules.ALL')),
        mend: () => connect(),
        says: /allows Fairlead too little.*every scope and as an administrator/,
      },
      noLeads: {
        begin: () => vendor.hide('Leads', true, DOMAIN),
        mend: () => vendor.hide('Leads', false, DOMAIN),
        says: /no such module.*Show the module Leads/,
      },
      fieldDeleted: {
        source: 'Lead.Language',
        begin: () => vendor.hide('Leads.Language', true, DOMAIN),
        mend: () => vendor.hide('Leads.Language', false, DOMAIN),
        says: /Zoho CRM has no Lead\.Language .*correct the field in the policy/,
      },
      inactiveOwner: { begin: () => leaves(PEOPLE.anna.email), mend: () => returns(PEOPLE.anna.email), says },
      queueCannotOwn: {
        target: { owner: PEOPLE.zoe.email },
        begin: () => leaves(PEOPLE.zoe.email),
        mend: () => returns(PEOPLE.zoe.email),
        says,
      },
    };
  },
};
