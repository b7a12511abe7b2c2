import { associated } from '../../../sandbox/hubspot/associations.ts';
import type { SeedPerson } from '../../../sandbox/hubspot/company.ts';
import type { StoredRecord } from '../../../sandbox/hubspot/types.ts';
import { PEOPLE, type PersonName, type ScenarioCrm } from '../scenario-crm.ts';
import { personWith, pushesBy, troubleBy } from './driver-parts.ts';

export const PORTAL = 4_711_002;
export const OWNER_IDS: Readonly<Record<PersonName, string>> = { anna: '3001', ben: '3002', zoe: '3003' };

const people = (Object.keys(PEOPLE) as PersonName[]).map(
  (name, index): SeedPerson => ({
    email: PEOPLE[name].email,
    firstName: PEOPLE[name].first,
    lastName: PEOPLE[name].last,
    ownerId: OWNER_IDS[name],
    userId: 70_001 + index,
  }),
);

/** Who owns a record; null: nobody of PEOPLE. */
export const ownerOf = (record: StoredRecord | undefined): PersonName | null =>
  personWith(record?.properties.hubspot_owner_id, (name) => OWNER_IDS[name]);

/** How often an integration wrote an owner on a record. */
export const ownerWrites = ({ history }: StoredRecord): number =>
  (history.hubspot_owner_id ?? []).filter(({ source }) => source.type === 'INTEGRATION').length;

export const hubspot: ScenarioCrm = {
  name: 'HubSpot',
  vendor: 'hubspot',
  sources: { country: 'contact.country', email: 'contact.email' },
  sandbox: {
    accounts: [{ portalId: PORTAL, name: 'Scenarios', timezone: 'America/New_York', people, workflows: [] }],
  },
  settings: ({ url, hubspot: { app } }) => ({
    HUBSPOT_CLIENT_ID: app.clientId,
    HUBSPOT_CLIENT_SECRET: app.clientSecret,
    HUBSPOT_API_URL: `${url}/hubspot`,
    HUBSPOT_APP_URL: url,
  }),
  open: ({ hubspot: crm }) => {
    const at = (id: string) => ({ portalId: PORTAL, objectType: 'contacts', id });
    const contacts = () => [...crm.portal(PORTAL).records.contacts.values()];
    let native: PersonName | null = null;
    // A workflow of the account that gives every record an integration gave away to somebody else.
    crm.onChange((_, change) => {
      if (
        native !== null &&
        change.kind === 'property' &&
        change.name === 'hubspot_owner_id' &&
        change.source.type === 'INTEGRATION'
      )
        crm.changeOwner({
          portalId: PORTAL,
          objectType: change.objectType,
          id: change.id,
          ownerId: OWNER_IDS[native],
        });
    });
    return {
      connection: () => {
        const { scopes, refreshToken } = crm.install(PORTAL);
        return {
          vendor: 'hubspot',
          externalId: String(PORTAL),
          name: 'Scenarios',
          scopes,
          tokens: { refreshToken },
        };
      },
      objectType: 'contact',
      arrive: ({ email, name = 'Visitor', country = 'US' }) =>
        crm.create({
          portalId: PORTAL,
          objectType: 'contacts',
          properties: { email, country, lastname: name, lifecyclestage: 'lead' },
        }).id,
      withEmail: (email) =>
        contacts()
          .filter(({ properties, archivedAt }) => properties.email === email && archivedAt === null)
          .map(({ id }) => id),
      setCountry: (id, country) => void crm.update({ ...at(id), properties: { country } }),
      ownerOf: (id) => ownerOf(crm.record(at(id))),
      countryOf: (id) => crm.record(at(id)).properties.country || null,
      heirsOf: (id) => {
        const portal = crm.portal(PORTAL);
        return associated(portal, 'leads', id, 'deals').map(({ id: deal }) =>
          ownerOf(portal.records.deals.get(deal)),
        );
      },
      ownerWrites: (id) => ownerWrites(crm.record(at(id))),
      giveTo: (id, to) => void crm.changeOwner({ ...at(id), ownerId: OWNER_IDS[to] }),
      mergeInto: (id, survivor) => void crm.merge({ ...at(survivor), mergeId: id }),
      remove: (id) => crm.remove(at(id)),
      // A contact is turned into nothing else: whoever buys is a customer.
      convert: (id) => void crm.update({ ...at(id), properties: { lifecyclestage: 'customer' } }),
      // The app's own registration.
      pushing: () => true,
      pushes: pushesBy(crm.webhooks.switches),
      expireTokens: () => crm.tokens.expireAll(),
      revoke: () => crm.tokens.uninstall(PORTAL),
      allowed: () => crm.tokens.dump().length > 0,
      trouble: troubleBy(crm.setFaults, {
        down: { kind: '5xx', status: 503 },
        no_writes: { kind: '5xx', status: 503, path: 'batch/update' },
        limited: { kind: '429' },
      }),
      traffic: () => {
        const { requests, rateLimited, handlingMs } = crm.stats();
        return { calls: requests, units: requests, refused: rateLimited, handlingMs: handlingMs.p50 };
      },
      nativeRule: (to) => {
        native = to;
      },
    };
  },
};
