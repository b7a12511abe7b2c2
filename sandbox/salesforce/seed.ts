import type { SeedOrg, SeedQueue, SeedUser } from './company.ts';
import { dateTimeText } from './dates.ts';
import { nextId, type Org, tableOf } from './org.ts';
import { insertRow } from './rows/insert-row.ts';
import { createTransaction } from './rows/transaction.ts';
import type { WriteContext } from './rows/write-context.ts';
import { CONVERTED_STATUS, LEAD_STATUSES } from './schema/lead.ts';
import { objectNamed } from './schema/objects.ts';
import type { Row, Values } from './types.ts';

/** The user apps run as with client credentials, and who sets the org up. */
const INTEGRATION = 'integration';

const users = (org: Org): readonly Row[] => [...tableOf(org, 'User').values()];

/** The user of the API that has no person behind it. */
export const integrationUser = (org: Org): Row => {
  const user = users(org).find((one) => one.Alias === INTEGRATION.slice(0, 8));
  if (!user) throw new Error(`org ${org.domain} has no integration user`);
  return user;
};

/** Who can log in. */
const loginUsers = (org: Org): readonly Row[] =>
  users(org).filter((one) => one.IsActive && one.UserType === 'Standard');

/** People who can log in. */
export const peopleOf = (org: Org): readonly Row[] =>
  loginUsers(org).filter((one) => one.Id !== integrationUser(org).Id);

/** Who agrees on the consent page: the person with that e-mail or username, else the first who is active. */
export const installingUser = (org: Org, hint?: string): Row => {
  const people = loginUsers(org);
  return (
    people.find((one) => one.Email === hint || one.Username === hint) ??
    peopleOf(org)[0] ??
    integrationUser(org)
  );
};

const setUp = (org: Org, userId: string): WriteContext => ({
  org,
  tx: createTransaction(org),
  actor: { userId, via: 'ui', client: null },
  autoAssign: false,
  allowDuplicates: true,
  rowFault: () => undefined,
});

const insert = (context: WriteContext, objectType: string, values: Values): string => {
  const object = objectNamed(objectType, context.org);
  if (!object) throw new Error(`there is no object ${objectType}`);
  return insertRow(context, object, values);
};

const userValues = (org: Org, person: SeedUser): Values => ({
  Username: `${person.email}.${org.domain}`,
  Email: person.email,
  FirstName: person.firstName,
  LastName: person.lastName,
  Alias: person.email.slice(0, 8),
  IsActive: person.active ?? true,
  TimeZoneSidKey: person.timezone ?? org.timezone,
  LocaleSidKey: person.locale ?? 'en_US',
  Title: person.title ?? null,
  Department: person.department ?? null,
});

/** The role of that name, made if there is none. */
const roleNamed = (context: WriteContext, name: string): string =>
  [...tableOf(context.org, 'UserRole').values()].find((role) => role.Name === name)?.Id ??
  insert(context, 'UserRole', { Name: name, DeveloperName: name.replace(/\W+/g, '_') });

const seedUsers = (context: WriteContext, people: readonly SeedUser[]): void => {
  const { org } = context;
  const idOf = (email: string | undefined) => users(org).find((one) => one.Email === email)?.Id;
  for (const person of people)
    if (idOf(person.email) === undefined)
      insert(context, 'User', {
        ...userValues(org, person),
        ...(person.role !== undefined && { UserRoleId: roleNamed(context, person.role) }),
      });
  for (const { email, manager } of people) {
    const user = users(org).find((one) => one.Email === email);
    const managerId = idOf(manager);
    if (user && managerId && user.ManagerId !== managerId)
      context.tx.put('User', { ...user, ManagerId: managerId });
  }
};

const seedQueue = (context: WriteContext, queue: SeedQueue): void => {
  const { org } = context;
  const groups = () => [...tableOf(org, 'Group').values()];
  if (groups().some((one) => one.DeveloperName === queue.developerName)) return;
  const groupId = insert(context, 'Group', {
    Name: queue.name,
    DeveloperName: queue.developerName,
    Type: queue.owns ? 'Queue' : 'Regular',
    Email: queue.email ?? null,
  });
  for (const type of queue.owns ?? [])
    insert(context, 'QueueSobject', { QueueId: groupId, SobjectType: type });
  for (const member of queue.members ?? []) {
    const id =
      users(org).find((one) => one.Email === member)?.Id ??
      groups().find((one) => one.DeveloperName === member)?.Id;
    if (id) insert(context, 'GroupMember', { GroupId: groupId, UserOrGroupId: id });
  }
};

const seedOrganization = (org: Org, context: WriteContext, seed: SeedOrg): void =>
  context.tx.put('Organization', {
    Id: org.id,
    IsDeleted: false,
    Name: seed.name,
    TimeZoneSidKey: seed.timezone,
    LanguageLocaleKey: 'en_US',
    OrganizationType: 'Enterprise Edition',
    IsSandbox: false,
    InstanceName: 'SBX1',
  });

const seedHours = (context: WriteContext, timezone: string): void => {
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
  const times = days.flatMap((day) => [
    [`${day}StartTime`, '09:00:00.000Z'],
    [`${day}EndTime`, '17:00:00.000Z'],
  ]);
  insert(context, 'BusinessHours', {
    Name: 'Default',
    IsDefault: true,
    TimeZoneSidKey: timezone,
    ...Object.fromEntries(times),
  });
};

const seedStatuses = ({ org, tx }: WriteContext): void => {
  for (const [index, status] of LEAD_STATUSES.entries())
    tx.put('LeadStatus', {
      Id: nextId(org, '01J'),
      ApiName: status,
      MasterLabel: status,
      SortOrder: index + 1,
      IsDefault: index === 0,
      IsConverted: status === CONVERTED_STATUS,
      SystemModstamp: dateTimeText(org.now()),
    });
};

/** Puts people and queues of an org in place; whoever is there already is left alone. */
export const seedOrg = (org: Org, seed: SeedOrg): void => {
  const firstTime = users(org).length === 0;
  const context = setUp(org, '');
  if (firstTime) {
    insert(context, 'User', {
      ...userValues(org, {
        email: `${INTEGRATION}@${org.domain}.example`,
        firstName: 'Integration',
        lastName: 'User',
      }),
    });
    seedOrganization(org, context, seed);
    seedHours(context, seed.timezone);
    seedStatuses(context);
  }
  seedUsers(context, seed.users);
  for (const queue of seed.queues ?? []) seedQueue(context, queue);
  context.tx.commit();
};
