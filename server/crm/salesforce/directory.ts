import type { DirectoryReader, Person } from '../../assignments/directory-ports.ts';
import type { PersonTimes } from '../../assignments/person-times.ts';
import { ReadFailed } from '../failures.ts';
import type { CallSalesforce, Org } from './client.ts';
import { OUT_OF_OFFICE } from './facts.ts';
import { listed, queryRows, type Row } from './query.ts';
import { membersOf } from './queue-members.ts';

/**
 * Reads who can own records: active people, and the queues that take leads. Both are owners here, by their 18-character
 * id. A queue is known by its developer name; whoever stands in it, through groups and roles too, in `details.members`.
 */
export const createSalesforceDirectory = (call: CallSalesforce): DirectoryReader => ({
  vendor: 'salesforce',
  read: async (connection) => {
    const ask = (soql: string) => queryRows(call, connection, { soql, purpose: 'background' });
    const users = await ask(
      "SELECT Id, Name, Email, TimeZoneSidKey, ManagerId, UserRoleId FROM User WHERE IsActive = true AND UserType = 'Standard'",
    );
    const away = await readAway(call, connection);
    const teams = await readTeams(users, ask);
    const people = users.map((user) => toPerson(user, away.get(String(user.Id)) ?? [], teams(user)));
    return [...people, ...(await readQueues(users, ask))];
  },
});

const toPerson = (user: Row, timeOff: readonly TimeOff[], teams: readonly string[]): Person => ({
  kind: 'owner',
  externalId: String(user.Id),
  email: textOf(user.Email)?.toLowerCase() ?? null,
  name: textOf(user.Name),
  details: {
    type: 'PERSON',
    userId: String(user.Id),
    ...(textOf(user.ManagerId) !== null && { managerId: user.ManagerId }),
    ...(teams.length > 0 && { teams }),
  },
  times: {
    timezone: textOf(user.TimeZoneSidKey) ?? undefined,
    ...(timeOff.length > 0 && { timeOff: [...timeOff] }),
  },
});

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

type TimeOff = NonNullable<PersonTimes['timeOff']>[number];

/** By user id. An org without that object, or a user who may not see it, gives no information. */
const readAway = async (call: CallSalesforce, org: Org): Promise<ReadonlyMap<string, readonly TimeOff[]>> => {
  try {
    const rows = await queryRows(call, org, { soql: OUT_OF_OFFICE, purpose: 'background' });
    const known = rows.flatMap((row) => {
      const [from, to] = [Date.parse(String(row.StartDate)), Date.parse(String(row.EndDate))];
      return from < to ? [{ user: String(row.UserId), from, to }] : [];
    });
    return new Map(
      [...Map.groupBy(known, ({ user }) => user)].map(([user, all]) => [
        user,
        all.map(({ from, to }) => ({ from, to })),
      ]),
    );
  } catch (error) {
    if (error instanceof ReadFailed && error.failure.kind === 'refused') return new Map();
    throw error;
  }
};

type Ask = (soql: string) => Promise<readonly Row[]>;

/** The public groups somebody stands in, and their role, by name. Roles are asked for only where people have one. */
const readTeams = async (users: readonly Row[], ask: Ask): Promise<(user: Row) => readonly string[]> => {
  const groups = await ask("SELECT Id, Name FROM Group WHERE Type = 'Regular'");
  const ids = groups.map(({ Id }) => String(Id));
  const members = ids.length === 0 ? new Map<string, readonly string[]>() : await membersOf(ids, users, ask);
  const placed = users.some(({ UserRoleId }) => textOf(UserRoleId) !== null);
  const roles = new Map(
    (placed ? await ask('SELECT Id, Name FROM UserRole') : []).map(({ Id, Name }) => [String(Id), Name]),
  );
  return ({ Id, UserRoleId }) => [
    ...groups.flatMap(({ Id: group, Name }) =>
      members.get(String(group))?.includes(String(Id)) ? (textOf(Name) ?? []) : [],
    ),
    ...(textOf(roles.get(String(UserRoleId))) === null ? [] : [String(roles.get(String(UserRoleId)))]),
  ];
};

const readQueues = async (users: readonly Row[], ask: Ask): Promise<readonly Person[]> => {
  const taking = await ask("SELECT QueueId FROM QueueSobject WHERE SobjectType = 'Lead'");
  const ids = taking.map(({ QueueId }) => String(QueueId));
  if (ids.length === 0) return [];
  const queues = await ask(`SELECT Id, Name, DeveloperName FROM Group WHERE Id IN ${listed(ids)}`);
  const members = await membersOf(ids, users, ask);
  return queues.map((queue) => ({
    kind: 'owner',
    externalId: String(queue.Id),
    // A queue's address may be a person's: it must not become one.
    email: null,
    name: textOf(queue.Name),
    details: {
      type: 'QUEUE',
      queue: textOf(queue.DeveloperName),
      members: members.get(String(queue.Id)) ?? [],
    },
  }));
};
