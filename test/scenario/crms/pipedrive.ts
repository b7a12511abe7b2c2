import type { Row } from '../../../sandbox/pipedrive/types.ts';
import { PEOPLE, type PersonName, type ScenarioCrm } from '../scenario-crm.ts';
import { personWith, pushesBy, troubleBy } from './driver-parts.ts';

/** Whoever installed the app and owns what the website's form makes; takes no leads. */
const INSTALLER = 'installer@example.com';
const DOMAIN = 'scenarios';

/** Country names as people choose them in an address. */
const COUNTRIES: Readonly<Record<string, string>> = { US: 'United States', DE: 'Germany', FR: 'France' };

export const pipedrive: ScenarioCrm = {
  name: 'Pipedrive',
  vendor: 'pipedrive',
  sources: { country: 'organization.address.country', email: 'person.email' },
  sandbox: {
    companies: [
      {
        domain: DOMAIN,
        name: 'Scenarios',
        // 750,000 tokens a day. Five thousand leads take 145,000, which Growth has with three seats.
        plan: 'premium',
        seats: 5,
        users: [
          { email: INSTALLER, name: 'In Staller', admin: true },
          ...Object.values(PEOPLE).map(({ email, first, last }) => ({ email, name: `${first} ${last}` })),
        ],
      },
    ],
  },
  settings: ({ url, pipedrive: { app } }) => ({
    PIPEDRIVE_CLIENT_ID: app.clientId,
    PIPEDRIVE_CLIENT_SECRET: app.clientSecret,
    PIPEDRIVE_OAUTH_URL: `${url}/pipedrive`,
    PIPEDRIVE_POLL_SECONDS: '60',
  }),
  open: ({ pipedrive: crm }) => {
    const domain = DOMAIN;
    const account = crm.account(domain);
    const idOf = (name: PersonName) => crm.userId(PEOPLE[name].email, domain);
    const nameOf = ({ owner_id: owner }: Row) => personWith(owner, idOf);
    const written = new Map<string, number>();
    crm.onChange((_account, { object, action, id, before, after, by }) => {
      const owns = object === 'lead' && action === 'change' && before?.owner_id !== after?.owner_id;
      if (owns && by.via === 'api') written.set(String(id), (written.get(String(id)) ?? 0) + 1);
    });
    const last = new Map<string, Row>();
    const leadOf = (id: string): Row => {
      const row = account.tables.lead.get(id) ?? last.get(id);
      if (row === undefined) throw new Error(`There is no lead ${id}`);
      return row;
    };
    crm.onChange((_account, { object, before }) => {
      if (object === 'lead' && before) last.set(String(before.id), before);
    });
    return {
      connection: () => {
        const granted = crm.install(domain, INSTALLER);
        return {
          vendor: 'pipedrive',
          externalId: String(granted.companyId),
          name: 'Scenarios',
          scopes: [...crm.app.scopes],
          tokens: { refreshToken: granted.refreshToken },
          settings: { apiDomain: granted.apiDomain, userId: granted.userId },
        };
      },
      objectType: 'lead',
      arrive: ({ email, name = 'Visitor', country = 'US' }) =>
        String(
          crm.create({
            domain,
            by: INSTALLER,
            values: {
              title: `${name} asks`,
              person: { name, emails: [{ value: email }] },
              organization: {
                name: 'Company',
                ...(country !== '' && { address: { country: COUNTRIES[country] ?? country } }),
              },
            },
          }).id,
        ),
      withEmail: (email) => {
        const people = [...account.tables.person.values()].filter(({ emails }) =>
          (emails as { value: string }[]).some(({ value }) => value === email),
        );
        const ids = people.map(({ id }) => id);
        return [...account.tables.lead.values()]
          .filter(({ person_id: person }) => ids.some((id) => id === person))
          .map(({ id }) => String(id));
      },
      setCountry: (id, country) =>
        crm.update({
          domain,
          objectType: 'organization',
          id: Number(leadOf(id).organization_id),
          by: INSTALLER,
          values: { address: { country: COUNTRIES[country] ?? country } },
        }),
      countryOf: (id) => {
        const { organization_id: organization } = leadOf(id);
        const address = account.tables.organization.get(String(organization))?.address;
        return (address as { country?: string | null } | null | undefined)?.country || null;
      },
      heirsOf: (id) =>
        [...account.tables.deal.values()].filter(({ source_lead_id: from }) => from === id).map(nameOf),
      ownerOf: (id) => nameOf(leadOf(id)),
      ownerWrites: (id) => written.get(id) ?? 0,
      giveTo: (id, to) => crm.changeOwner({ domain, id, ownerId: idOf(to), by: PEOPLE.zoe.email }),
      mergeInto: null,
      remove: (id) => crm.remove({ domain, id }),
      convert: (id) => void crm.convert({ domain, id }),
      pushing: () => account.webhooks.size > 0,
      pushes: pushesBy(crm.pushes.switches),
      expireTokens: () => crm.oauth.expireAll(),
      revoke: () => crm.revoke(domain),
      allowed: () => crm.oauth.dump().length > 0,
      trouble: troubleBy(crm.setFaults, {
        down: { kind: '503' },
        no_writes: { kind: '503', path: '/v1/leads/', method: 'PATCH' },
        limited: { kind: 'burst' },
      }),
      traffic: () => {
        const { apiCalls, byStatus, handlingMs } = crm.stats();
        return {
          calls: apiCalls,
          // Of two seconds; tokens are of the day.
          units: apiCalls,
          refused: byStatus['429'] ?? 0,
          handlingMs: handlingMs.p50,
        };
      },
      nativeRule: (to) => crm.setAutomation({ reownTo: to === null ? null : PEOPLE[to].email }, domain),
    };
  },
};
