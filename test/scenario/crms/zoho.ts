import { userNamed } from '../../../sandbox/zoho/org.ts';
import type { Lookup, Row } from '../../../sandbox/zoho/types.ts';
import { PEOPLE, type PersonName, type ScenarioCrm } from '../scenario-crm.ts';
import { personWith, pushesBy, troubleBy, USERS } from './driver-parts.ts';

/** Whoever connected the org: it owns what the website's form makes, and takes no leads. */
const INTEGRATION = 'integration@example.com';
const DOMAIN = 'scenarios';

export const zoho: ScenarioCrm = {
  name: 'Zoho CRM',
  vendor: 'zoho',
  sources: { country: 'Lead.Country', email: 'Lead.Email' },
  sandbox: {
    zohoOrgs: [
      {
        domain: DOMAIN,
        name: 'Scenarios',
        timezone: 'America/New_York',
        users: [{ email: INTEGRATION, firstName: 'Inte', lastName: 'Gration' }, ...USERS],
        territories: [{ name: 'EMEA', users: [PEOPLE.anna.email] }],
      },
    ],
  },
  settings: ({ url, zoho: { app } }) => ({
    ZOHO_CLIENT_ID: app.clientId,
    ZOHO_CLIENT_SECRET: app.clientSecret,
    ZOHO_ACCOUNTS_URL: `${url}/zoho/accounts.com`,
    ZOHO_POLL_SECONDS: '30',
  }),
  open: ({ zoho: crm }) => {
    const domain = DOMAIN;
    const org = crm.org(domain);
    const idOf = (name: PersonName): string => userNamed(org, PEOPLE[name].email)?.id ?? '';
    const rows = (module: string) => [...(org.tables.get(module)?.values() ?? [])];
    const nameOf = ({ Owner }: Row) => personWith((Owner as Lookup).id, idOf);
    return {
      connection: () => {
        const granted = crm.install(domain, INTEGRATION);
        return {
          vendor: 'zoho',
          externalId: granted.orgId,
          name: 'Scenarios',
          scopes: ['ZohoCRM.modules.ALL'],
          tokens: { refreshToken: granted.refreshToken },
          settings: { accountsServer: granted.accountsServer, apiDomain: granted.apiDomain },
        };
      },
      objectType: 'lead',
      arrive: ({ email, name = 'Visitor', country = 'US' }) =>
        crm.create({
          domain,
          values: { Last_Name: name, Company: 'Company', Email: email, Country: country },
        }).id,
      withEmail: (email) =>
        rows('Leads')
          .filter(({ Email }) => Email === email)
          .map(({ id }) => id),
      setCountry: (id, country) => crm.update({ domain, id, by: INTEGRATION, values: { Country: country } }),
      countryOf: (id) => (crm.record({ domain, id }).Country as string | null | undefined) || null,
      heirsOf: (id) => {
        const { Converted_Account: account, Converted_Contact: contact } = crm.record({ domain, id });
        const ids = [account, contact].map((one) => (one as Lookup | null | undefined)?.id);
        return [...rows('Accounts'), ...rows('Contacts')].filter((row) => ids.includes(row.id)).map(nameOf);
      },
      ownerOf: (id) => nameOf(crm.record({ domain, id })),
      ownerWrites: (id) =>
        org.ownerChanges.filter(({ recordId, via }) => recordId === id && via === 'api').length,
      giveTo: (id, to) => crm.changeOwner({ domain, id, ownerId: idOf(to), by: PEOPLE.zoe.email }),
      merges: 'silent',
      mergeInto: (id, survivor) => crm.merge({ domain, id: survivor, mergeId: id }),
      remove: (id) => crm.remove({ domain, id }),
      convert: (id) => crm.convert({ domain, id }),
      pushing: () => crm.channels.alive(org).length > 0,
      pushes: pushesBy(crm.pushes.switches),
      expireTokens: () => crm.oauth.expireAll(),
      revoke: () => crm.revoke(domain),
      allowed: () => crm.oauth.dump().length > 0,
      trouble: troubleBy(crm.setFaults, {
        down: { kind: '503' },
        no_writes: { kind: '503', path: '/crm/v8/Leads', method: 'PUT' },
        limited: { kind: 'concurrent_limit' },
      }),
      traffic: () => {
        const { calls, credits, refusedByLimits, handlingMs } = crm.stats();
        return { calls, units: credits, refused: refusedByLimits, handlingMs: handlingMs.p50 };
      },
      nativeRule: (to) =>
        crm.setAutomation(
          {
            assignmentRule:
              to === null
                ? null
                : { name: 'Native', entries: [{ ownerId: idOf(to) }], onEdit: true, always: true },
          },
          domain,
        ),
    };
  },
};
