import { describe, expect, test } from 'vitest';
import { personTimes } from '../../server/assignments/person-times.ts';
import { createZohoDirectory } from '../../server/crm/zoho/directory.ts';
import { readFirstActivity } from '../../server/crm/zoho/first-activity.ts';
import { missingSources } from '../../server/crm/zoho/missing-sources.ts';
import { countOpenWork } from '../../server/crm/zoho/open-work.ts';
import { createZohoReader } from '../../server/crm/zoho/reader.ts';
import { zohoAtWork } from '../support/zoho-at-work.ts';

const { now, open, pass, ref, zoho } = zohoAtWork();
const HOUR = 3_600_000;

describe('reading', () => {
  test('a hundred in one call, whole though more fields are asked than one call takes, gone where they went', async () => {
    const org = open();
    const [known, converted, deleted] = [
      org.lead({ Email: 'a@b.co', No_of_Employees: 12 }),
      org.lead({ Company: 'Acme' }),
      org.lead(),
    ];
    zoho().convert({ domain: org.domain, id: converted });
    zoho().remove({ domain: org.domain, id: deleted });
    const sources = { employees: 'Lead.No_of_Employees', company: 'leads.Company', other: 'Contact.Email' };
    const reader = createZohoReader(org.call, org.addresses);
    const read = await reader.read(
      org.connection,
      [known, converted, deleted, 'no-id'].map((id) => ({ ref: ref(id), sources })),
    );
    expect(read.map(({ gone }) => gone)).toEqual([null, 'converted', 'missing', 'missing']);
    expect(read[0]).toMatchObject({
      raw: { employees: '12', company: 'Engines', other: null },
      person: { name: 'Lovelace', email: 'a@b.co' },
      ownerId: org.nobody,
      alwaysOwned: true,
      open: true,
    });
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}`, `Lead.Field_${n}`]));
    const wide = await reader.read(org.connection, [{ ref: ref(known), sources: { ...many, ...sources } }]);
    expect(wide[0]?.raw.employees).toBe('12');
  });

  test('open leads by owner: neither converted nor in a closed status, those without a status too', async () => {
    const org = open();
    const owner = org.idOf('owner.1@example.com');
    for (const Lead_Status of ['Contacted', 'Junk Lead', null])
      org.lead({ Lead_Status, Owner: { id: owner } });
    zoho().convert({ domain: org.domain, id: org.lead({ Owner: { id: owner } }) });
    expect(await countOpenWork(org.call, org.connection)).toEqual({ [owner]: 2 });
  });

  test('people with their shift, its zone and their time off; whoever has left or not come is no one', async () => {
    const org = open({
      shifts: [
        {
          name: 'Night',
          timezone: 'Europe/London',
          days: ['Monday'],
          from: '22:00',
          to: '06:00',
          users: ['owner.1@example.com'],
        },
      ],
      users: [
        {
          email: 'Away@example.com',
          firstName: 'A',
          lastName: 'Way',
          manager: 'owner.1@example.com',
          away: [{ from: '2026-12-01T00:00:00Z', to: '2026-12-05T00:00:00Z' }],
        },
        { email: 'new@example.com', firstName: 'N', lastName: 'Ew', status: 'unconfirmed' },
      ],
    });
    const people = await createZohoDirectory(org.call).read(org.connection, []);
    const byEmail = new Map(people.map((person) => [person.email, person]));
    expect([...byEmail.keys()]).not.toContain('owner.9@example.com');
    expect([...byEmail.keys()]).not.toContain('new@example.com');
    expect(byEmail.get('owner.1@example.com')?.times).toEqual({
      timezone: 'Europe/London',
      hours: [[{ from: 1320, to: 1800 }], [], [], [], [], [], []],
    });
    expect(byEmail.get('away@example.com')).toMatchObject({
      details: { managerId: org.idOf('owner.1@example.com') },
      times: {
        timezone: 'America/New_York',
        timeOff: [{ from: Date.parse('2026-12-01'), to: Date.parse('2026-12-05') }],
      },
    });
  });

  test('breaks are not worked, those of a night on the day they are on', async () => {
    const shift = { timezone: 'Europe/London', days: ['Monday', 'Tuesday'] };
    const org = open({
      shifts: [
        {
          ...shift,
          name: 'Day',
          from: '09:00',
          to: '17:00',
          breaks: [
            { from: '12:00', to: '12:30' },
            { from: '15:00', to: '15:15' },
          ],
          users: ['owner.1@example.com'],
        },
        {
          ...shift,
          name: 'Night',
          from: '22:00',
          to: '06:00',
          breaks: [{ from: '01:00', to: '01:30' }],
          users: ['owner.2@example.com'],
        },
      ],
    });
    const people = await createZohoDirectory(org.call).read(org.connection, []);
    const week = (email: string) =>
      personTimes.parse(people.find((person) => person.email === email)?.times).hours;
    const day = [
      { from: 540, to: 720 },
      { from: 750, to: 900 },
      { from: 915, to: 1020 },
    ];
    expect(week('owner.1@example.com')).toEqual([day, day, [], [], [], [], []]);
    const [evening, morning] = [
      { from: 1320, to: 1500 },
      { from: 90, to: 360 },
    ];
    expect(week('owner.2@example.com')).toEqual([[evening], [morning, evening], [morning], [], [], [], []]);
  });

  test('people with the territories they are in', async () => {
    const territories = [
      { name: 'EMEA', users: ['owner.1@example.com', 'owner.2@example.com'] },
      { name: 'Nordics', users: ['owner.1@example.com'] },
      { name: 'Nobody’s' },
    ];
    const org = open({ territories });
    const people = await createZohoDirectory(org.call).read(org.connection, []);
    const territoriesOf = (email: string) =>
      people.find((person) => person.email === email)?.details?.territories;
    expect(territoriesOf('owner.1@example.com')).toEqual(['EMEA', 'Nordics']);
    expect(territoriesOf('owner.2@example.com')).toEqual(['EMEA']);
    expect(territoriesOf('owner.3@example.com')).toBeUndefined();
  });

  test('people with the user groups they are in, as their teams; the groups themselves own nothing', async () => {
    const org = open({
      groups: [
        { name: 'DACH', users: ['owner.1@example.com', 'owner.2@example.com'] },
        { name: 'Enterprise', users: ['owner.1@example.com'] },
        { name: 'Empty', users: [] },
      ],
    });
    const people = await createZohoDirectory(org.call).read(org.connection, []);
    const teamsOf = (email: string) => people.find((person) => person.email === email)?.details?.teams;
    expect(teamsOf('owner.1@example.com')).toEqual(['DACH', 'Enterprise']);
    expect(teamsOf('owner.2@example.com')).toEqual(['DACH']);
    expect(teamsOf('owner.3@example.com')).toBeUndefined();
    expect(new Set(people.map(({ details }) => details?.type))).toEqual(new Set(['PERSON']));
  });

  test('groups: one call finds out that the scope is missing, and none is made where people are too many', async () => {
    const asked = (org: ReturnType<typeof open>) => {
      const paths: string[] = [];
      const directory = createZohoDirectory((connection, request) => {
        paths.push(request.path);
        return org.call(connection, request);
      });
      return async () => {
        const people = await directory.read(org.connection, []);
        const calls = paths.filter((path) => path.endsWith('associated_groups')).length;
        return { people: people.length, calls, teams: people.some(({ details }) => details?.teams) };
      };
    };
    const groups = [{ name: 'DACH', users: ['owner.1@example.com'] }];
    const less = open({ groups, scopes: ['ZohoCRM.users.READ'] });
    // Two at once, and no more.
    expect(await asked(less)()).toEqual({ people: 6, calls: 2, teams: false });
    const many = Array.from({ length: 195 }, (_, n) => ({
      email: `more.${n}@example.com`,
      firstName: 'More',
      lastName: String(n),
    }));
    expect(await asked(open({ groups, users: many }))()).toEqual({ people: 201, calls: 0, teams: false });
  });

  test('without the scopes for shifts, territories and time off the people are still there', async () => {
    const org = open({ scopes: ['ZohoCRM.users.READ'], territories: [{ name: 'EMEA' }] });
    expect(await createZohoDirectory(org.call).read(org.connection, [])).toHaveLength(6);
  });

  test('fields a policy names that the org does not have are told, however the module is written', async () => {
    const org = open();
    const sources = ['Lead.Country', 'leads.City', 'Lead.Shoe_Size', 'Contact.Mailing_City', 'Invoice.Total'];
    expect(await missingSources(org.fields, org.connection, sources)).toEqual([
      'Lead.Shoe_Size',
      'Invoice.Total',
    ]);
  });

  test('the first call, meeting or e-mail since an instant', async () => {
    const org = open();
    const [called, silent, early] = [org.lead(), org.lead(), org.lead()];
    const record = (id: string, kind: 'call' | 'email') =>
      zoho().recordActivity({ domain: org.domain, id, kind });
    record(early, 'call');
    pass(HOUR);
    const since = Math.floor(now() / 1000) * 1000;
    record(called, 'email');
    pass(HOUR);
    record(called, 'call');
    const found = await readFirstActivity(
      org.call,
      org.connection,
      [called, silent, early, '6756839000000999999'].map((id) => ({ ref: ref(id), since })),
    );
    expect(found.slice(1)).toEqual([null, null, null]);
    expect(Math.abs((found[0] ?? 0) - since)).toBeLessThan(60_000);
  });
});
