import type { SeedEnvironment, SeedTeam, SeedUser } from './company.ts';
import { type Environment, rowsOf } from './environment.ts';
import { guidOf, instant } from './ids.ts';
import type { DirectoryPerson } from './oauth/sign-in.ts';
import type { Row, Values } from './types.ts';

/** Messages steps can be registered for, on each of these tables. */
const MESSAGES = ['Create', 'Update', 'Delete', 'Merge'] as const;
const PUSHED = ['lead', 'contact', 'account', 'opportunity'] as const;

/** Puts a row in without telling anybody: what is there before the story begins. */
const put = (environment: Environment, table: string, id: string, values: Values): void => {
  if (rowsOf(environment, table).has(id)) return;
  const at = instant(environment.now());
  rowsOf(environment, table).set(id, {
    id,
    version: ++environment.version,
    values: { ...values, createdon: at, modifiedon: at },
  });
};

const users = (environment: Environment): readonly Row[] => [...rowsOf(environment, 'systemuser').values()];

/** The platform itself. */
export const systemUserId = ({ name }: Environment): string => guidOf(`SYSTEM ${name}`);

/** The user an app runs as; undefined: none is set up for it. */
export const applicationUser = (environment: Environment, clientId: string): Row | undefined =>
  users(environment).find(({ values }) => values.applicationid === clientId);

const peopleOf = (environment: Environment): readonly Row[] =>
  users(environment).filter(
    ({ values }) => !values.applicationid && values.accessmode === 0 && values.isdisabled !== true,
  );

const domainOf = (email: unknown): string => String(email ?? '').split('@')[1] ?? '';

/** Who can sign in, as the directory of the environment's tenant has them. It owns the domain of its first person. */
export const directoryOf = (environment: Environment): readonly DirectoryPerson[] => {
  const people = peopleOf(environment);
  const own = domainOf(people[0]?.values.domainname);
  return people.map(({ values }) => ({
    tenantId: environment.tenantId,
    tenantName: environment.friendlyName,
    objectId: String(values.azureactivedirectoryobjectid),
    name: String(values.fullname),
    username: String(values.domainname),
    email: typeof values.internalemailaddress === 'string' ? values.internalemailaddress : null,
    ownDomain: domainOf(values.internalemailaddress) === own,
  }));
};

/** The person with that e-mail or id, else the first one. */
export const personOf = (environment: Environment, hint?: string): Row | undefined => {
  const people = peopleOf(environment);
  return hint === undefined
    ? people[0]
    : people.find(({ id, values }) => id === hint || values.internalemailaddress === hint);
};

/** The business unit of that name, made below the first if there is none; without a name the first. */
const unitOf = (environment: Environment, name: string | undefined): string => {
  if (name === undefined) return environment.businessUnitId;
  const id = guidOf(`business unit ${environment.name} ${name}`);
  const parentbusinessunitid = { table: 'businessunit', id: environment.businessUnitId };
  put(environment, 'businessunit', id, { name, parentbusinessunitid });
  return id;
};

const seedUser = (environment: Environment, user: SeedUser): void => {
  const id = guidOf(`user ${environment.name} ${user.email}`);
  const calendarId = guidOf(`calendar ${id}`);
  put(environment, 'systemuser', id, {
    firstname: user.firstName,
    lastname: user.lastName,
    fullname: `${user.firstName} ${user.lastName}`,
    internalemailaddress: user.email,
    domainname: user.email,
    azureactivedirectoryobjectid: guidOf(`entra ${user.email}`),
    applicationid: null,
    isdisabled: user.active === false,
    accessmode: 0,
    title: user.title ?? null,
    businessunitid: { table: 'businessunit', id: unitOf(environment, user.businessUnit) },
    calendarid: { table: 'calendar', id: calendarId },
  });
  put(environment, 'calendar', calendarId, {
    name: null,
    businessunitid: { table: 'businessunit', id: environment.businessUnitId },
    sandbox_hours: user.calendar ? JSON.stringify(user.calendar) : null,
  });
  put(environment, 'usersettings', id, { timezonecode: user.timezoneCode ?? 35, uilanguageid: 1033 });
};

const seedTeam = (environment: Environment, team: SeedTeam): void => {
  const id = guidOf(`team ${environment.name} ${team.name}`);
  put(environment, 'team', id, {
    name: team.name,
    teamtype: 0,
    isdefault: false,
    sandbox_hasroles: team.owns ?? true,
    businessunitid: { table: 'businessunit', id: environment.businessUnitId },
  });
  for (const email of team.members ?? []) {
    const systemuserid = personOf(environment, email)?.id;
    if (systemuserid)
      put(environment, 'teammembership', guidOf(`${id} ${systemuserid}`), { systemuserid, teamid: id });
  }
};

/** The administrator makes an application user for the app, with a role of its own. */
export const seedApplicationUser = (environment: Environment, clientId: string): void =>
  put(environment, 'systemuser', guidOf(`app ${environment.name} ${clientId}`), {
    firstname: '#',
    lastname: 'Fairlead',
    fullname: '# Fairlead',
    internalemailaddress: null,
    domainname: `${clientId}@app`,
    azureactivedirectoryobjectid: guidOf(`entra app ${clientId}`),
    applicationid: clientId,
    isdisabled: false,
    accessmode: 4,
    businessunitid: { table: 'businessunit', id: environment.businessUnitId },
  });

const seedPlatform = (environment: Environment): void => {
  put(environment, 'businessunit', environment.businessUnitId, { name: environment.friendlyName });
  put(environment, 'team', guidOf(`team ${environment.name}`), {
    name: environment.friendlyName,
    teamtype: 0,
    isdefault: true,
    sandbox_hasroles: true,
    businessunitid: { table: 'businessunit', id: environment.businessUnitId },
  });
  put(environment, 'systemuser', systemUserId(environment), {
    fullname: 'SYSTEM',
    internalemailaddress: null,
    domainname: '',
    applicationid: null,
    isdisabled: true,
    accessmode: 3,
  });
  for (const message of MESSAGES) {
    const sdkmessageid = guidOf(`message ${message}`);
    put(environment, 'sdkmessage', sdkmessageid, { name: message });
    for (const table of PUSHED)
      put(environment, 'sdkmessagefilter', guidOf(`filter ${message} ${table}`), {
        primaryobjecttypecode: table,
        sdkmessageid: { table: 'sdkmessage', id: sdkmessageid },
      });
  }
};

/** Puts people, teams and campaigns in place; whoever is there already is left alone. */
export const seedEnvironment = (environment: Environment, seed: SeedEnvironment): void => {
  seedPlatform(environment);
  for (const user of seed.users) seedUser(environment, user);
  for (const team of seed.teams ?? []) seedTeam(environment, team);
  for (const name of seed.campaigns ?? [])
    put(environment, 'campaign', guidOf(`campaign ${environment.name} ${name}`), {
      name,
      statecode: 0,
      statuscode: 1,
    });
};
