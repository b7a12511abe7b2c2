import { type Account, nextNumber } from './account.ts';
import type { SeedCompany, SeedUser } from './company.ts';
import { notFound } from './errors.ts';
import { addRow } from './rows.ts';
import type { Row } from './types.ts';

const users = (account: Account): readonly Row[] => [...account.tables.user.values()];

/** The person with that e-mail or id. Throws PipedriveError 404. */
export const userNamed = (account: Account, by: string | number): Row => {
  const found = users(account).find((user) => user.email === by || String(user.id) === String(by));
  if (!found) throw notFound(`User ${by}`);
  return found;
};

/** Who agrees on the consent page: the person with that e-mail, else the first admin. */
export const installingUser = (account: Account, hint?: string): Row => {
  if (hint !== undefined) return userNamed(account, hint);
  const active = users(account).filter((user) => user.active_flag === true);
  const found = active.find((user) => user.is_admin === 1) ?? active[0];
  if (!found) throw notFound('User');
  return found;
};

/** Hours from UTC, as users have them. */
const offsetOf = (timezone: string, at: number): string => {
  const name = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name?.replace('GMT', '') || '+00:00';
};

const addUser = (account: Account, person: SeedUser): void => {
  const id = 1000 + nextNumber(account, 'user');
  const timezone = person.timezone ?? 'Etc/UTC';
  const admin = person.admin ?? users(account).length === 0;
  const row: Row = {
    id,
    name: person.name,
    email: person.email,
    default_currency: 'EUR',
    locale: 'en_US',
    lang: 1,
    phone: null,
    activated: true,
    active_flag: person.active ?? true,
    is_deleted: false,
    timezone_name: timezone,
    timezone_offset: offsetOf(timezone, account.now()),
    role_id: 1,
    icon_url: null,
    is_you: false,
    is_admin: admin ? 1 : 0,
    access: [{ app: 'sales', admin, permission_set_id: '00000000-0000-4000-8000-000000000001' }],
    last_login: null,
  };
  addRow(account, 'user', row, { userId: id, via: 'app' });
};

/** Puts people of a company in place; whoever is there already is left alone. */
export const seedCompany = (account: Account, seed: SeedCompany): void => {
  if (seed.plan) account.plan = seed.plan;
  if (seed.seats) account.seats = seed.seats;
  if (seed.automation) account.automation = { ...account.automation, ...seed.automation };
  for (const person of seed.users)
    if (!users(account).some(({ email }) => email === person.email)) addUser(account, person);
  account.teams = (seed.teams ?? []).map(({ name, members }, i) => {
    const ids = members.map((email) => Number(userNamed(account, email).id));
    const flags = { active_flag: 1, deleted_flag: 0 } as const;
    return { id: i + 1, name, description: '', manager_id: ids[0] ?? 0, users: ids, ...flags };
  });
};
