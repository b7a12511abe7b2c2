import { ALL_SCOPES } from '../../../sandbox/hubspot/create-hubspot.ts';
import { hubspot as crm, OWNER_IDS, PORTAL } from '../crms/hubspot.ts';
import { PEOPLE } from '../scenario-crm.ts';
import { secretTrouble, type TroubledCrm } from './trouble.ts';

const FIELD = 'hs_language';

export const hubspot: TroubledCrm = {
  crm,
  open: ({ hubspot: vendor }) => {
    const portal = vendor.portal(PORTAL);
    const archive = (name: keyof typeof OWNER_IDS, archived: boolean): void => {
      const owner = portal.owners.get(OWNER_IDS[name])!;
      portal.owners.set(owner.id, { ...owner, archived });
    };
    const setField = (archivedAt: number | null): void => {
      const field = portal.properties.contacts.get(FIELD)!;
      portal.properties.contacts.set(FIELD, { ...field, archivedAt });
    };
    const connect = (scopes: readonly string[]) => {
      const { refreshToken } = vendor.install(PORTAL, scopes);
      return {
        vendor: 'hubspot',
        externalId: String(PORTAL),
        name: 'Scenarios',
        scopes,
        tokens: { refreshToken },
      };
    };
    return {
      wrongSecret: secretTrouble({
        app: vendor.app,
        expire: () => vendor.tokens.expireAll(),
        names: 'HUBSPOT',
      }),
      missingScopes: {
        begin: () => connect(ALL_SCOPES.filter((scope) => !scope.startsWith('crm.objects.contacts'))),
        mend: () => connect(ALL_SCOPES),
        says: /crm\.objects\.contacts\.\w+.*administrator install the app again/,
      },
      noLeads: {
        source: 'lead.hs_lead_name',
        begin: () => void portal.missingTypes.add('leads'),
        mend: () => void portal.missingTypes.delete('leads'),
        says: /HubSpot has no lead\.hs_lead_name .*correct the field in the policy/,
      },
      fieldDeleted: {
        source: `contact.${FIELD}`,
        begin: () => setField(Date.now()),
        mend: () => setField(null),
        says: /no contact\.hs_language .*Make it again in HubSpot, or correct the field/,
      },
      inactiveOwner: {
        begin: () => archive('anna', true),
        mend: () => archive('anna', false),
        says: /takes this owner no more.*Activate the user in HubSpot, or import/,
      },
      queueCannotOwn: {
        target: { owner: PEOPLE.zoe.email },
        begin: () => archive('zoe', true),
        mend: () => archive('zoe', false),
        says: /takes this owner no more.*Activate the user in HubSpot/,
      },
    };
  },
};
