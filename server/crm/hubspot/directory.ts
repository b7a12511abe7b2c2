import type { DirectoryReader, Person } from '../../assignments/directory-ports.ts';
import type { PersonTimes } from '../../assignments/person-times.ts';
import type { CallHubspot, Reply } from './client.ts';
import { BATCH_LIMIT, OWNERS_PAGE, PATHS, USER_PROPERTIES } from './facts.ts';
import { ownersReply, readBody, searchReply } from './shapes.ts';
import { toTimes } from './to-times.ts';

type Connection = Parameters<DirectoryReader['read']>[0];

/**
 * Reads who can own records. A person has three ids: the owner id (written on records, and `externalId` here), the
 * user id (cards and settings, in `details.userId`) and the id of their users object, which joins the two.
 */
export const createHubspotDirectory = (call: CallHubspot): DirectoryReader => ({
  vendor: 'hubspot',
  pushesChanges: true,
  read: async (connection) => {
    const times = await readUsers(call, connection);
    const owners = await readOwners(call, connection);
    return owners.map(
      ({ id, email, type, firstName, lastName, userId, teams }): Person => ({
        kind: 'owner',
        externalId: id,
        email: email?.toLowerCase() || null,
        name: [firstName, lastName].filter(Boolean).join(' ') || null,
        details: {
          type,
          userId: userId ?? null,
          teams: (teams ?? []).map((team) => team.name ?? team.id),
        },
        ...timesOf(times, userId),
      }),
    );
  },
});

const timesOf = (
  times: ReadonlyMap<string, PersonTimes>,
  userId: number | null | undefined,
): Pick<Person, 'times'> => {
  const known = times.get(String(userId));
  return known === undefined ? {} : { times: known };
};

/** Everybody who is not archived; queues own records too. */
const readOwners = async (call: CallHubspot, connection: Connection) => {
  const owners = [];
  let after: string | undefined;
  do {
    const query = { limit: String(OWNERS_PAGE), archived: 'false', ...(after !== undefined && { after }) };
    const reply = await call(connection, { method: 'GET', path: PATHS.owners, query, purpose: 'read' });
    const page = readBody(ownersReply, reply);
    owners.push(...page.results.filter(({ archived }) => !archived));
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return owners;
};

/** By user id. An account without the scope, which comes with some plans only, gives no information. */
const readUsers = async (
  call: CallHubspot,
  connection: Connection,
): Promise<ReadonlyMap<string, PersonTimes>> => {
  const users = new Map<string, PersonTimes>();
  let after: string | undefined;
  do {
    const reply = await call(connection, userPage(after));
    if (isForbidden(reply)) return users;
    const page = readBody(searchReply.omit({ total: true }), reply);
    for (const { properties } of page.results) {
      const userId = properties[USER_PROPERTIES.userId];
      if (userId) users.set(userId, toTimes(properties));
    }
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return users;
};

const userPage = (after: string | undefined) =>
  ({
    method: 'GET',
    path: PATHS.objects('user'),
    query: {
      limit: String(BATCH_LIMIT),
      properties: Object.values(USER_PROPERTIES).join(','),
      ...(after !== undefined && { after }),
    },
    purpose: 'read',
  }) as const;

const isForbidden = ({ status }: Reply): boolean => status === 403;
