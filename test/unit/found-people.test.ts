import { expect, test } from 'vitest';
import { foundPeople } from '../../server/assignments/first-steps/found-people.ts';
import type { KnownPerson } from '../../server/assignments/first-steps/ports.ts';

const person = (given: Partial<KnownPerson> & Pick<KnownPerson, 'externalId'>): KnownPerson => ({
  connectionId: 'con_h',
  vendor: 'hubspot',
  email: `${given.externalId}@acme.example`,
  name: given.externalId,
  repId: null,
  details: { type: 'PERSON' },
  ...given,
});
const found = (
  known: readonly KnownPerson[],
  more: { reps?: { id: string; email: string }[]; noReps?: string[] } = {},
) =>
  foundPeople({
    known,
    reps: (more.reps ?? []).map(({ id, email }) => ({ id, email, document: { id, email, name: id } })),
    noReps: more.noReps ?? [],
  });

test('one person of several CRMs and Slack is one, by e-mail; queues and teams stand for nobody', () => {
  const { people, teams, nameless } = found([
    person({
      externalId: 'h1',
      email: 'dana@acme.example',
      name: 'Dana',
      details: { type: 'PERSON', teams: ['Sales'] },
    }),
    person({ externalId: 'q1', email: null, name: 'Holding', details: { type: 'QUEUE', members: ['h1'] } }),
    person({
      connectionId: 'con_s',
      vendor: 'salesforce',
      externalId: '005A',
      email: 'dana@acme.example',
      name: 'Dana W.',
      details: { type: 'PERSON', managerId: '005B', times: { timezone: 'Europe/London' } },
    }),
    person({ connectionId: 'con_s', vendor: 'salesforce', externalId: '005B', email: 'boss@acme.example' }),
    person({ externalId: 'h9', email: null }),
    person({
      connectionId: 'con_k',
      vendor: 'slack',
      externalId: 'U1',
      email: 'dana@acme.example',
      details: {},
    }),
  ]);
  expect(people.find(({ email }) => email === 'dana@acme.example')).toEqual({
    email: 'dana@acme.example',
    name: 'Dana',
    vendors: ['hubspot', 'salesforce'],
    inSlack: true,
    teams: ['holding', 'sales'],
    manager: 'boss@acme.example',
    timezone: 'Europe/London',
    hours: false,
    state: 'new',
    doubt: null,
  });
  expect(people.find(({ email }) => email === 'boss@acme.example')?.inSlack).toBe(false);
  expect(people).toHaveLength(2);
  expect(teams.map(({ name, members }) => [name, members])).toEqual([
    ['Holding', ['dana@acme.example']],
    ['Sales', ['dana@acme.example']],
  ]);
  expect(nameless).toBe(1);
});

test('shared addresses and people who were only invited are doubted, not left out', () => {
  const { people } = found([
    person({ externalId: 'integration' }),
    person({ externalId: 'info' }),
    person({ externalId: 'opsina' }),
    person({ externalId: 'invited', details: { type: 'PERSON', confirmed: false } }),
  ]);
  expect(Object.fromEntries(people.map(({ email, doubt }) => [email.split('@')[0], doubt]))).toEqual({
    integration: 'shared_address',
    info: 'shared_address',
    opsina: null,
    invited: 'invited',
  });
});

test('whoever is a rep or was said to be none is not new; a rep no CRM has any more is gone', () => {
  const known = [
    person({ externalId: 'dana' }),
    person({ externalId: 'max' }),
    person({ externalId: 'new' }),
  ];
  const given = {
    reps: [
      { id: 'dana', email: 'dana@acme.example' },
      { id: 'left', email: 'left@acme.example' },
    ],
    noReps: ['max@acme.example'],
  };
  const { people, gone } = found(known, given);
  expect(people.map(({ state }) => state)).toEqual(['rep', 'no_rep', 'new']);
  expect(gone).toEqual([{ id: 'left', name: 'left' }]);
  // No CRM told of anybody yet: nobody is gone.
  expect(found([], given).gone).toEqual([]);
});
