import { z } from 'zod';
import type { DirectoryReader, Person } from '../../assignments/directory-ports.ts';
import type { PersonTimes } from '../../assignments/person-times.ts';
import type { CallZoho, Org } from './client.ts';
import { readDailyCredits } from './daily-credits.ts';
import { PAGE, PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { readGroups } from './groups.ts';
import { readPersonTimes } from './person-times.ts';
import { readTerritories } from './territories.ts';

const user = z.object({
  id: z.string(),
  full_name: z.string().nullish(),
  email: z.string().nullish(),
  time_zone: z.string().nullish().catch(null),
  role: z.object({ name: z.string() }).nullish().catch(null),
  Reporting_To: z.object({ id: z.string().nullable() }).nullish().catch(null),
});
type User = z.infer<typeof user>;

const users = z.object({
  users: z.array(user),
  info: z.object({ more_records: z.boolean().nullish() }).nullish(),
});

/** Only these can be given records: active, and come once at least. */
const TYPE = 'ActiveConfirmedUsers';

/**
 * Reads who can own records: users who are active and confirmed, with their shift, their time off, their territories, and the
 * groups they are in as their teams. A group owns nothing: Zoho has no queues. `onCredits` is told how many credits the org has in a day, which go by its users.
 */
export const createZohoDirectory = (
  call: CallZoho,
  onCredits: (connection: Org, credits: number) => void = () => undefined,
): DirectoryReader => ({
  vendor: 'zoho',
  read: async (connection) => {
    const people = await readUsers(call, connection);
    const credits = await readDailyCredits(call, connection);
    if (credits !== null) onCredits(connection, credits);
    const times = await readPersonTimes(call, connection);
    const territories = await readTerritories(call, connection);
    const ids = people.map(({ id }) => id);
    const groups = await readGroups(call, connection, ids);
    return people.map((one) =>
      toPerson(one, times.get(one.id), { territories: territories.get(one.id), teams: groups.get(one.id) }),
    );
  },
});

const readUsers = async (call: CallZoho, org: Org): Promise<readonly User[]> => {
  const found: User[] = [];
  for (let page = 1; ; page++) {
    const query = { type: TYPE, page: String(page), per_page: String(PAGE) };
    const reply = await call(org, { method: 'GET', path: PATHS.users, query, purpose: 'background' });
    const part = readBody(users, reply);
    found.push(...(part?.users ?? []));
    if (!part?.info?.more_records) return found;
  }
};

const toPerson = (
  { id, full_name, email, time_zone, role, Reporting_To }: User,
  times: PersonTimes | undefined,
  { territories, teams = [] }: Readonly<Record<'territories' | 'teams', readonly string[] | undefined>>,
): Person => {
  const own = { ...(time_zone && { timezone: time_zone }), ...times };
  return {
    kind: 'owner',
    externalId: id,
    email: email?.toLowerCase() || null,
    name: full_name || null,
    details: {
      type: 'PERSON',
      userId: id,
      ...(role && { role: role.name }),
      ...(Reporting_To?.id && { managerId: Reporting_To.id }),
      ...(territories && { territories }),
      ...(teams.length > 0 && { teams }),
    },
    ...(Object.keys(own).length > 0 && { times: own }),
  };
};
