import { salesforceConnection } from '../../support/salesforce-connection.ts';
import { PEOPLE, type PersonName, type ScenarioCrm } from '../scenario-crm.ts';
import { personWith, pushesBy, troubleBy, USERS } from './driver-parts.ts';

/** Whoever the integration and the website's form sign in as: it owns what it makes, and takes no leads. */
const INTEGRATION = 'integration@example.com';
const DOMAIN = 'scenarios';

export const salesforce: ScenarioCrm = {
  name: 'Salesforce',
  vendor: 'salesforce',
  sources: { country: 'Lead.Country', email: 'Lead.Email' },
  sandbox: {
    orgs: [
      {
        domain: DOMAIN,
        name: 'Scenarios',
        timezone: 'America/New_York',
        packageInstalled: true,
        users: [{ email: INTEGRATION, firstName: 'Inte', lastName: 'Gration' }, ...USERS],
        queues: [{ developerName: 'Holding', name: 'Holding', owns: ['Lead'], members: [INTEGRATION] }],
      },
    ],
  },
  settings: ({ url, salesforce: crm }) => ({
    SALESFORCE_CLIENT_ID: crm.app.clientId,
    SALESFORCE_CLIENT_SECRET: crm.app.clientSecret,
    SALESFORCE_LOGIN_URL: `${url}/salesforce`,
    SALESFORCE_PUBSUB_URL: crm.pubsub.url(),
    SALESFORCE_POLL_SECONDS: '2',
  }),
  open: ({ salesforce: crm }) => {
    const domain = DOMAIN;
    const rows = (object: string) => [...(crm.org(domain).tables.get(object)?.values() ?? [])];
    const userIds = Object.fromEntries(rows('User').map(({ Email, Id }) => [String(Email), Id]));
    let native: PersonName | null = null;
    // A flow of the org that gives every lead the integration gave away to somebody else, as soon as that is saved.
    crm.onChange((org, changes) => {
      for (const { objectType, id, fields, actor } of changes)
        if (
          native !== null &&
          objectType === 'Lead' &&
          fields.includes('OwnerId') &&
          actor.userId === userIds[INTEGRATION] &&
          actor.via === 'api'
        )
          crm.changeOwner({ domain: org.domain, id, ownerId: idOf(native), by: PEOPLE.zoe.email });
    });
    const idOf = (name: PersonName) => userIds[PEOPLE[name].email] ?? '';
    const nameOf = (userId: unknown) => personWith(userId, idOf);
    return {
      connection: () => salesforceConnection(crm.install(domain, INTEGRATION), 'Scenarios'),
      objectType: 'lead',
      arrive: ({ email, name = 'Visitor', country = 'US' }) =>
        crm.create({
          domain,
          by: INTEGRATION,
          values: { LastName: name, Company: 'Company', Email: email, Country: country },
        }).Id,
      withEmail: (email) =>
        rows('Lead')
          .filter(({ Email, IsDeleted }) => Email === email && IsDeleted !== true)
          .map(({ Id }) => Id),
      setCountry: (id, country) => crm.update({ domain, id, by: INTEGRATION, values: { Country: country } }),
      ownerOf: (id) => nameOf(crm.record({ domain, id }).OwnerId),
      countryOf: (id) => (crm.record({ domain, id }).Country as string | null | undefined) || null,
      heirsOf: (id) => {
        const { ConvertedContactId, ConvertedAccountId } = crm.record({ domain, id });
        return [...rows('Contact'), ...rows('Account')]
          .filter(({ Id }) => Id === ConvertedContactId || Id === ConvertedAccountId)
          .map(({ OwnerId }) => nameOf(OwnerId));
      },
      ownerWrites: (id) =>
        rows('LeadHistory').filter(
          ({ LeadId, Field, NewValue, CreatedById }) =>
            LeadId === id &&
            Field === 'Owner' &&
            String(NewValue).startsWith('005') &&
            CreatedById === userIds[INTEGRATION],
        ).length,
      giveTo: (id, to) => crm.changeOwner({ domain, id, ownerId: idOf(to), by: PEOPLE.zoe.email }),
      mergeInto: (id, survivor) => crm.merge({ domain, id: survivor, mergeId: id }),
      remove: (id) => crm.remove({ domain, id }),
      convert: (id) => crm.convert({ domain, id }),
      pushing: () => crm.pubsub.stats().open > 0,
      pushes: pushesBy(crm.pubsub.pushes),
      expireTokens: () => crm.oauth.expireAll(),
      revoke: () => crm.oauth.uninstall(crm.org(domain).id),
      allowed: () => crm.oauth.dump().tokens.length > 0,
      trouble: troubleBy(crm.setFaults, {
        down: { kind: '503' },
        no_writes: { kind: '503', path: 'composite/sobjects', method: 'PATCH' },
        limited: { kind: 'concurrent_limit' },
      }),
      traffic: () => {
        const { apiCalls, refusedByLimits, handlingMs } = crm.stats();
        return { calls: apiCalls, units: apiCalls, refused: refusedByLimits, handlingMs: handlingMs.p50 };
      },
      nativeRule: (to) => {
        native = to;
      },
    };
  },
};
