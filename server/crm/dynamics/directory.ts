import type { DirectoryReader, Person } from '../../assignments/directory-ports.ts';
import type { PersonTimes } from '../../assignments/person-times.ts';
import type { Clock } from '../../base/clock.ts';
import { readCalendarTimes } from './calendar-times.ts';
import type { CallDynamics, Environment } from './client.ts';
import { OWNER_TEAM } from './facts.ts';
import { teamOwner } from './owners.ts';
import { isIn, queryRows, type Row, textOf } from './query.ts';

/**
 * Reads who can own records: people who may sign in, by their user id, and owner teams, by their name. People come with
 * their ids in Entra too, by which other programs of Microsoft know them, and reps with what their calendar says.
 */
export const createDynamicsDirectory = (call: CallDynamics, clock: Clock): DirectoryReader => ({
  vendor: 'dynamics',
  read: async (connection, repEmails) => {
    const users = await queryRows(call, connection, {
      path: 'systemusers',
      query: {
        $select:
          'systemuserid,fullname,internalemailaddress,domainname,azureactivedirectoryobjectid,_parentsystemuserid_value,_calendarid_value,_businessunitid_value',
        $filter: 'isdisabled eq false and accessmode eq 0 and applicationid eq null',
      },
      purpose: 'background',
    });
    const reps = users.filter((user) => repEmails.includes(emailOf(user) ?? ''));
    const calendars = reps.flatMap((user) => {
      const calendarId = textOf(user._calendarid_value);
      return calendarId === null ? [] : [{ userId: idOf(user), calendarId }];
    });
    const times = await readCalendarTimes(call, connection, calendars, clock.now());
    const units = await readUnits(call, connection);
    return [
      ...users.map((user) =>
        toPerson(user, times.get(idOf(user)), units.get(String(user._businessunitid_value))),
      ),
      ...(await readTeams(call, connection)),
    ];
  },
});

const idOf = (user: Row): string => String(user.systemuserid).toLowerCase();

const emailOf = (user: Row): string | null =>
  (textOf(user.internalemailaddress) ?? textOf(user.domainname))?.toLowerCase() ?? null;

const toPerson = (user: Row, times: PersonTimes | undefined, unit: string | undefined): Person => ({
  kind: 'owner',
  externalId: idOf(user),
  email: emailOf(user),
  name: textOf(user.fullname),
  details: {
    type: 'PERSON',
    userId: idOf(user),
    ...optional('entraId', user.azureactivedirectoryobjectid),
    ...optional('signInName', user.domainname),
    ...optional('managerId', user._parentsystemuserid_value),
    ...(unit !== undefined && { teams: [unit] }),
  },
  ...(times && { times }),
});

const optional = (name: string, value: unknown): Readonly<Record<string, string>> => {
  const text = textOf(value);
  return text === null ? {} : { [name]: text };
};

/** Names of the business units below the first, in which everybody is who is in no other. */
const readUnits = async (
  call: CallDynamics,
  environment: Environment,
): Promise<ReadonlyMap<string, string>> => {
  const units = await queryRows(call, environment, {
    path: 'businessunits',
    query: { $select: 'businessunitid,name', $filter: '_parentbusinessunitid_value ne null' },
    purpose: 'background',
  });
  return new Map(units.map(({ businessunitid, name }) => [String(businessunitid), String(name)]));
};

/** The environment's own team, in which everybody is, is nobody's queue. */
const readTeams = async (call: CallDynamics, environment: Environment): Promise<readonly Person[]> => {
  const teams = await queryRows(call, environment, {
    path: 'teams',
    query: { $select: 'teamid,name', $filter: `teamtype eq ${OWNER_TEAM} and isdefault eq false` },
    purpose: 'background',
  });
  const members = await readMembers(call, environment, teams);
  return teams.map((team) => ({
    kind: 'owner',
    externalId: teamOwner(String(team.teamid)),
    email: null,
    name: textOf(team.name),
    details: { type: 'QUEUE', queue: textOf(team.name), members: members.get(String(team.teamid)) ?? [] },
  }));
};

/** User ids by team. */
const readMembers = async (
  call: CallDynamics,
  environment: Environment,
  teams: readonly Row[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  if (teams.length === 0) return new Map();
  const rows = await queryRows(call, environment, {
    path: 'teammemberships',
    query: {
      $select: 'teamid,systemuserid',
      $filter: isIn(
        'teamid',
        teams.map(({ teamid }) => String(teamid)),
      ),
    },
    purpose: 'background',
  });
  return new Map(
    [...Map.groupBy(rows, ({ teamid }) => String(teamid))].map(([team, all]) => [
      team,
      all.map(({ systemuserid }) => String(systemuserid).toLowerCase()),
    ]),
  );
};
