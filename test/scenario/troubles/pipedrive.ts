import { APP_SCOPES } from '../../../sandbox/pipedrive/oauth/create-oauth.ts';
import { pipedrive as crm } from '../crms/pipedrive.ts';
import { PEOPLE } from '../scenario-crm.ts';
import { secretTrouble, type TroubledCrm } from './trouble.ts';

const DOMAIN = 'scenarios';
const KEY = 'ab'.repeat(20);

export const pipedrive: TroubledCrm = {
  crm,
  open: ({ pipedrive: vendor }) => {
    const users = vendor.account(DOMAIN).tables.user;
    const setActive = (email: string, active_flag: boolean): void => {
      const id = String(vendor.userId(email, DOMAIN));
      users.set(id, { ...users.get(id)!, active_flag });
    };
    const setScopes = (scopes: readonly string[]): void => void Object.assign(vendor.app, { scopes });
    const says = /takes this owner no more.*Activate the user in Pipedrive.*stays with whoever has it/;
    vendor.addField('deal', KEY, 'Language', DOMAIN);
    return {
      wrongSecret: secretTrouble({
        app: vendor.app,
        expire: () => vendor.oauth.expireAll(),
        names: 'PIPEDRIVE',
      }),
      missingScopes: {
        begin: () => setScopes(APP_SCOPES.filter((scope) => scope !== 'leads:full')),
        mend: () => setScopes(APP_SCOPES),
        says: /allows the app too little.*install the app again/,
      },
      noLeads: { never: 'every plan of Pipedrive has leads, and nobody can take them out of a company' },
      fieldDeleted: {
        source: `lead.${KEY}`,
        begin: () => vendor.removeField('deal', KEY, DOMAIN),
        mend: () => vendor.addField('deal', KEY, 'Language', DOMAIN),
        says: /Pipedrive has no lead\.(ab){20} .*correct the field in the policy/,
      },
      inactiveOwner: {
        begin: () => setActive(PEOPLE.anna.email, false),
        mend: () => setActive(PEOPLE.anna.email, true),
        says,
      },
      queueCannotOwn: {
        target: { owner: PEOPLE.zoe.email },
        begin: () => setActive(PEOPLE.zoe.email, false),
        mend: () => setActive(PEOPLE.zoe.email, true),
        says,
      },
    };
  },
};
