import { expect, test } from 'vitest';
import type { Person } from '../../server/assignments/directory-ports.ts';
import { createDynamicsDirectory } from '../../server/crm/dynamics/directory.ts';
import { createSalesforceDirectory } from '../../server/crm/salesforce/directory.ts';
import { openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { openPipedriveCompany } from '../support/pipedrive-company.ts';
import { openSalesforceOrg } from '../support/salesforce-org.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

const teamsOf = (people: readonly Person[], email: string): unknown =>
  people.find((person) => person.email === email)?.details?.teams;

test('Salesforce: public groups, through groups too, and the role', async () => {
  const org = openSalesforceOrg(sandbox());
  org.salesforce.addOrg({
    domain: org.domain,
    name: 'x',
    timezone: 'UTC',
    users: [{ email: 'new@example.com', firstName: 'New', lastName: 'Rep', role: 'EMEA SDR' }],
    queues: [
      { developerName: 'Emea', name: 'EMEA', members: ['owner.2@example.com'] },
      { developerName: 'All', name: 'Everywhere', members: ['Emea', 'new@example.com'] },
    ],
  });
  const people = await createSalesforceDirectory(org.call).read(org.connection, []);
  expect(teamsOf(people, 'owner.2@example.com')).toEqual(['EMEA', 'Everywhere']);
  expect(teamsOf(people, 'new@example.com')).toEqual(['Everywhere', 'EMEA SDR']);
  expect(teamsOf(people, 'owner.1@example.com')).toBeUndefined();
});

test('Dynamics 365: business units below the first', async () => {
  const env = openDynamicsEnvironment(sandbox());
  env.dynamics.addEnvironment({
    name: env.name,
    friendlyName: 'x',
    users: [{ email: 'unit@example.com', firstName: 'In', lastName: 'Unit', businessUnit: 'Nordics' }],
  });
  const people = await createDynamicsDirectory(env.call, { now: Date.now }).read(env.connection, []);
  expect(teamsOf(people, 'unit@example.com')).toEqual(['Nordics']);
  expect(teamsOf(people, 'owner.1@example.com')).toBeUndefined();
});

test('Pipedrive: teams and their manager; a company without teams tells of none', async () => {
  const company = openPipedriveCompany(sandbox());
  const plain = await company.connector.directory.read(company.connection, []);
  expect(teamsOf(plain, 'owner.1@example.com')).toBeUndefined();
  company.pipedrive.addCompany({
    domain: company.domain,
    name: 'x',
    users: [],
    teams: [{ name: 'DACH', members: ['owner.1@example.com', 'owner.2@example.com'] }],
  });
  const other = { ...company.connection, id: 'con_other' };
  const people = await company.connector.directory.read(other, []);
  expect(teamsOf(people, 'owner.2@example.com')).toEqual(['DACH']);
  const first = people.find(({ email }) => email === 'owner.1@example.com');
  expect(people.find(({ email }) => email === 'owner.2@example.com')?.details?.managerId).toBe(
    first?.externalId,
  );
});
