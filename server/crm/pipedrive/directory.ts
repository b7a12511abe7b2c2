import type { DirectoryReader, Person } from '../../assignments/directory-ports.ts';
import type { Clock } from '../../base/clock.ts';
import type { CallPipedrive } from './client.ts';
import { PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { usersReply } from './shapes.ts';

/** A list of users costs as much as ten leads. Milliseconds. */
const KEPT_MS = 10 * 60_000;

/** Active users, who own records by their id, with their time zone: Pipedrive tells no working hours and no time off. */
export const createPipedriveDirectory = (call: CallPipedrive, clock: Clock): DirectoryReader => {
  const known = new Map<string, { readonly people: readonly Person[]; readonly until: number }>();
  return {
    vendor: 'pipedrive',
    read: async (connection) => {
      const remembered = known.get(connection.id);
      if (remembered !== undefined && clock.now() < remembered.until) return remembered.people;
      const reply = await call(connection, { method: 'GET', path: PATHS.users, purpose: 'background' });
      const people = readBody(usersReply, reply)
        .data.filter((user) => user.active_flag && user.is_deleted !== true)
        .map(
          (user): Person => ({
            kind: 'owner',
            externalId: String(user.id),
            email: user.email?.toLowerCase() || null,
            name: user.name || null,
            details: { type: 'PERSON', userId: String(user.id) },
            ...(user.timezone_name && { times: { timezone: user.timezone_name } }),
          }),
        );
      known.set(connection.id, { people, until: clock.now() + KEPT_MS });
      return people;
    },
  };
};
