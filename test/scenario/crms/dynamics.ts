import type { Row } from '../../../sandbox/dynamics/types.ts';
import { PEOPLE, type PersonName, type ScenarioCrm } from '../scenario-crm.ts';
import { personWith, pushesBy, troubleBy, USERS } from './driver-parts.ts';

/** Whose the website's form makes its leads. */
const FORM = 'form@example.com';
const NAME = 'scenarios';

const ownerIdOf = ({ values }: Row): string | null => {
  const owner = values.ownerid;
  return typeof owner === 'object' && owner !== null ? owner.id : null;
};

export const dynamics: ScenarioCrm = {
  name: 'Dynamics 365',
  vendor: 'dynamics',
  sources: { country: 'lead.address1_country', email: 'lead.emailaddress1' },
  sandbox: {
    environments: [
      {
        name: NAME,
        friendlyName: 'Scenarios',
        users: [{ email: FORM, firstName: 'Web', lastName: 'Form' }, ...USERS],
        teams: [{ name: 'Holding', members: [FORM] }],
      },
    ],
  },
  settings: ({ dynamics: { app, loginUrl } }) => ({
    DYNAMICS_CLIENT_ID: app.clientId,
    DYNAMICS_CLIENT_SECRET: app.clientSecret,
    DYNAMICS_LOGIN_URL: loginUrl(),
  }),
  open: ({ dynamics: crm }) => {
    const users = crm.rows('systemuser', NAME);
    const idOf = (name: PersonName): string =>
      users.find(({ values }) => values.internalemailaddress === PEOPLE[name].email)?.id ?? '';
    const nameOf = (row: Row) => personWith(ownerIdOf(row), idOf);
    // Owners that our application user wrote.
    const written = new Map<string, number>();
    let ours = '';
    crm.onChange((_environment, changes) => {
      for (const { table, message, id, values, actor } of changes)
        if (table === 'lead' && message === 'Update' && actor.userId === ours && 'ownerid' in values)
          written.set(id, (written.get(id) ?? 0) + 1);
    });
    return {
      connection: () => {
        const installed = crm.install(NAME);
        ours = installed.userId;
        return {
          vendor: 'dynamics',
          externalId: installed.organizationId,
          name: 'Scenarios',
          scopes: [],
          tokens: {},
          settings: { url: installed.url, tenantId: installed.tenantId },
        };
      },
      objectType: 'lead',
      arrive: ({ email, name = 'Visitor', country = 'US' }) =>
        crm.create({
          name: NAME,
          by: FORM,
          values: {
            subject: 'Interested',
            lastname: name,
            companyname: 'Company',
            emailaddress1: email,
            address1_country: country,
          },
        }).id,
      withEmail: (email) =>
        crm
          .rows('lead', NAME)
          .filter(({ values }) => values.emailaddress1 === email && values.merged !== true)
          .map(({ id }) => id),
      setCountry: (id, country) =>
        crm.update({ name: NAME, id, by: FORM, values: { address1_country: country } }),
      countryOf: (id) => (crm.record({ name: NAME, id }).values.address1_country as string | null) || null,
      heirsOf: (id) =>
        (['account', 'contact', 'opportunity'] as const)
          .flatMap((table) => crm.rows(table, NAME))
          .filter(({ values: { originatingleadid: from } }) => typeof from === 'object' && from?.id === id)
          .map(nameOf),
      ownerOf: (id) => nameOf(crm.record({ name: NAME, id })),
      ownerWrites: (id) => written.get(id) ?? 0,
      giveTo: (id, to) => crm.changeOwner({ name: NAME, id, ownerId: idOf(to), by: PEOPLE.zoe.email }),
      mergeInto: (id, survivor) => crm.merge({ name: NAME, id: survivor, mergeId: id }),
      remove: (id) => crm.remove({ name: NAME, id }),
      convert: (id) => {
        crm.convert({ name: NAME, id });
      },
      pushing: () => crm.rows('sdkmessageprocessingstep', NAME).length > 0,
      pushes: pushesBy(crm.pushes.switches),
      expireTokens: () => crm.entra.expireAll(),
      revoke: () => crm.revoke(NAME),
      allowed: () => crm.entra.dump().consented.length > 0,
      trouble: troubleBy(crm.setFaults, {
        down: { kind: '503' },
        no_writes: { kind: '503', path: '$batch' },
        limited: { kind: '429', retryAfter: 5 },
      }),
      traffic: () => {
        const { requests, rateLimited, handlingMs } = crm.stats();
        // The limit that protects the service counts a batch as one request.
        return { calls: requests, units: requests, refused: rateLimited, handlingMs: handlingMs.p50 };
      },
      nativeRule: (to) =>
        crm.setAutomation(
          {
            assignmentRules: to === null ? [] : [{ name: 'Theirs', ownerId: idOf(to) }],
            // They run some time after the save: by then the lead is given.
            assignmentDelayMs: 1_500,
          },
          NAME,
        ),
    };
  },
};
