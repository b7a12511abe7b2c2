import type { SeedZohoOrg, SeedZohoUser } from './company.ts';
import { type Org, userNamed, type ZohoUser } from './org.ts';

/** Who agrees on the consent page: the person with that e-mail, else the first who is active. */
export const installingUser = (org: Org, hint?: string): ZohoUser => {
  const active = [...org.users.values()].filter(({ status }) => status === 'active');
  const found = active.find(({ email, id }) => email === hint || id === hint) ?? active[0];
  if (!found) throw new Error(`org ${org.domain} has no active user`);
  return found;
};

const seedUser = (org: Org, person: SeedZohoUser): ZohoUser => {
  const existing = userNamed(org, person.email);
  if (existing) return existing;
  const user: ZohoUser = {
    id: org.ids.next(),
    email: person.email,
    first_name: person.firstName,
    last_name: person.lastName,
    timezone: person.timezone ?? org.timezone,
    role: person.role ?? 'Sales',
    status: person.status ?? 'active',
    reportingTo: person.manager === undefined ? null : (userNamed(org, person.manager)?.id ?? null),
  };
  org.users.set(user.id, user);
  for (const { from, to } of person.away ?? []) {
    const id = org.ids.next();
    org.away.set(id, { id, userId: user.id, from, to });
  }
  return user;
};

const idsOf = (org: Org, emails: readonly string[]): readonly string[] =>
  emails.flatMap((email) => userNamed(org, email)?.id ?? []);

/** Puts people, shifts, territories and groups of an org in place; what is there already is left alone. */
export const seedOrg = (org: Org, seed: SeedZohoOrg): void => {
  for (const person of seed.users) seedUser(org, person);
  for (const { name, users, ...shift } of seed.shifts ?? []) {
    if ([...org.shifts.values()].some((one) => one.name === name)) continue;
    const id = org.ids.next();
    org.shifts.set(id, { id, name, ...shift, userIds: idsOf(org, users) });
  }
  for (const { name, users = [] } of seed.territories ?? []) {
    if ([...org.territories.values()].some((one) => one.name === name)) continue;
    const id = org.ids.next();
    org.territories.set(id, { id, name, userIds: idsOf(org, users) });
  }
  for (const { name, users } of seed.groups ?? []) {
    if ([...org.groups.values()].some((one) => one.name === name)) continue;
    const id = org.ids.next();
    org.groups.set(id, { id, name, userIds: idsOf(org, users) });
  }
};
