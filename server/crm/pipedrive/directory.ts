import type { DirectoryReader, Person } from '../../assignments/directory-ports.ts';
import type { CallPipedrive } from './client.ts';
import { PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { teamsReply, usersReply } from './shapes.ts';

/**
 * Active users, who own records by their id, with their time zone and teams: Pipedrive tells no working hours and no time
 * off. Read anew each time: who asks was just told of a change, by a push or by whoever presses the button.
 */
export const createPipedriveDirectory = (call: CallPipedrive): DirectoryReader => ({
  vendor: 'pipedrive',
  read: async (connection) => {
    const reply = await call(connection, { method: 'GET', path: PATHS.users, purpose: 'background' });
    const teams = await readTeams(call, connection);
    return readBody(usersReply, reply)
      .data.filter((user) => user.active_flag && user.is_deleted !== true)
      .map(
        (user): Person => ({
          kind: 'owner',
          externalId: String(user.id),
          email: user.email?.toLowerCase() || null,
          name: user.name || null,
          details: {
            type: 'PERSON',
            userId: String(user.id),
            ...(user.activated === false && { confirmed: false }),
            ...teams(String(user.id)),
          },
          ...(user.timezone_name && { times: { timezone: user.timezone_name } }),
        }),
      );
  },
});

type Company = Parameters<DirectoryReader['read']>[0];

/** Teams and the manager of the first, by user id. A company whose plan has no teams, or that does not let us see them, tells nothing. */
const readTeams = async (call: CallPipedrive, company: Company) => {
  const reply = await call(company, { method: 'GET', path: PATHS.teams, purpose: 'background' });
  const all =
    reply.status >= 400 && reply.status < 500 && reply.status !== 429
      ? []
      : (readBody(teamsReply, reply).data ?? []);
  const teams = all.filter(({ active_flag }) => active_flag !== false && active_flag !== 0);
  return (userId: string): Readonly<Record<string, unknown>> => {
    const its = teams.filter(({ users }) => users?.some((user) => String(user) === userId));
    const managerId = its
      .map(({ manager_id }) => String(manager_id ?? ''))
      .find((id) => id !== '' && id !== userId);
    return {
      ...(its.length > 0 && { teams: its.map(({ name }) => name) }),
      ...(managerId !== undefined && { managerId }),
    };
  };
};
