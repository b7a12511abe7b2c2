import type { SeedAccount, SeedPerson } from './company.ts';
import type { Portal } from './portal.ts';
import { insertRecord } from './records.ts';
import type { ChangeSource } from './types.ts';

const SEED: ChangeSource = { type: 'IMPORT', id: 'seed', label: 'Account set-up' };

const addOwner = (portal: Portal, person: SeedPerson): void => {
  const userId = person.archived || person.queue ? null : person.userId;
  portal.owners.set(person.ownerId, {
    id: person.ownerId,
    type: person.queue ? 'QUEUE' : 'PERSON',
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    userId,
    userIdIncludingInactive: person.queue ? null : person.userId,
    archived: person.archived ?? false,
    createdAt: portal.now(),
    teams: (person.teams ?? []).map((name, index) => ({
      id: String(8000 + name.length * 7 + name.charCodeAt(0)),
      name,
      primary: index === 0,
    })),
  });
};

const addUser = (portal: Portal, person: SeedPerson): void => {
  if (person.queue) return;
  const values = {
    hs_email: person.email,
    hs_given_name: person.firstName,
    hs_family_name: person.lastName,
    hs_searchable_calculated_name: `${person.firstName} ${person.lastName}`,
    hs_internal_user_id: String(person.userId),
    hs_deactivated: String(person.archived ?? false),
    hs_job_title: person.jobTitle ?? '',
    hs_availability_status: person.available === false ? 'away' : 'available',
    hs_standard_time_zone: person.timezone ?? '',
    hs_working_hours: person.workingHours ? JSON.stringify(person.workingHours) : '',
    hs_main_user_language_skill: person.language ?? '',
    hs_secondary_user_language_skill: person.secondLanguage ?? '',
  };
  insertRecord(portal, 'users', values, SEED);
};

/** Puts the people of an account in place; somebody there already is replaced as owner and left as user. */
export const seedPeople = (portal: Portal, account: SeedAccount): void => {
  const known = new Set(
    [...portal.records.users.values()].map((user) => user.properties.hs_internal_user_id),
  );
  for (const person of account.people) {
    addOwner(portal, person);
    if (!known.has(String(person.userId))) addUser(portal, person);
  }
};
