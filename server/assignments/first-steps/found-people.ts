import type { RepRow } from '../directory-ports.ts';
import type { PersonTimes } from '../person-times.ts';
import type { Vendor } from '../types.ts';
import type { KnownPerson } from './ports.ts';
import { slugOf } from './slug.ts';

/** Somebody found in the CRMs, the accounts of the same e-mail address taken together. */
export interface FoundPerson {
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  readonly vendors: readonly Vendor[];
  /** Whether Slack knows the address; null: no workspace is connected. */
  readonly inSlack: boolean | null;
  /** Ids of the teams, queues and the like they are in. */
  readonly teams: readonly string[];
  /** The manager's e-mail address. */
  readonly manager: string | null;
  readonly timezone: string | null;
  /** Whether a CRM tells their working hours. */
  readonly hours: boolean;
  /** `new`: nobody said yet whether they are a rep. */
  readonly state: 'rep' | 'no_rep' | 'new';
  /** Why they are probably none; null: nothing speaks against it. */
  readonly doubt: 'shared_address' | 'invited' | null;
}

export interface FoundTeam {
  readonly id: string;
  /** As the CRM has it. */
  readonly name: string;
  /** E-mail addresses of those found. */
  readonly members: readonly string[];
}

export interface FoundPeople {
  readonly people: readonly FoundPerson[];
  /** Most members first. */
  readonly teams: readonly FoundTeam[];
  /** Reps with an address that no connected CRM has any more. */
  readonly gone: readonly { readonly id: string; readonly name: string }[];
  /** Owners without an e-mail address: nobody can be matched to them. */
  readonly nameless: number;
  readonly reps: number;
}

/** Addresses that are a program's or several people's, by what stands before the @. */
const SHARED =
  /^(admin|api|automation|bot|crm|dev|help|hello|hr|info|integration|it|mail|marketing|no-?reply|office|ops|sales|service|support|system|team)([._+-].*)?$/;

interface Given {
  readonly known: readonly KnownPerson[];
  readonly reps: readonly RepRow[];
  readonly noReps: readonly string[];
}

/** Who was found, who is new, and who is gone. Only people who can own leads: queues and teams stand for nobody. */
export const foundPeople = ({ known, reps, noReps }: Given): FoundPeople => {
  const owners = known.filter(({ vendor }) => vendor !== 'slack');
  const persons = owners.filter(({ details }) => details.type !== 'QUEUE');
  const inSlack = slackAddresses(known);
  const teamsOf = teamsByEmail(owners);
  const emailOf = new Map(persons.map((one) => [`${one.connectionId}/${one.externalId}`, one.email]));
  const repEmails = new Set(reps.flatMap(({ email }) => email ?? []));
  const byEmail = Map.groupBy(
    persons.filter(({ email }) => email !== null),
    ({ email }) => email!,
  );
  const people = [...byEmail].map(([email, all]): FoundPerson => {
    const isRep = repEmails.has(email);
    return {
      email,
      name: all.find(({ name }) => name !== null)?.name ?? email,
      vendors: [...new Set(all.map(({ vendor }) => vendor))],
      inSlack: inSlack?.has(email) ?? null,
      teams: [...(teamsOf.byEmail.get(email) ?? [])].sort(),
      manager: managerOf(all, emailOf),
      timezone: all.map(timesOf).find((times) => times?.timezone !== undefined)?.timezone ?? null,
      hours: all.some((one) => timesOf(one)?.hours !== undefined),
      state: isRep ? 'rep' : noReps.includes(email) ? 'no_rep' : 'new',
      doubt: doubtOf(email, all),
    };
  });
  return {
    people: people.sort((a, b) => (a.name < b.name ? -1 : 1)),
    teams: teamsOf.teams(people),
    gone: goneOf(reps, byEmail, persons.length > 0),
    nameless: persons.filter(({ email }) => email === null).length,
    reps: reps.length,
  };
};

const timesOf = ({ details }: KnownPerson): PersonTimes | undefined =>
  details.times as PersonTimes | undefined;

/** null: no workspace told of anybody, so nothing is known. */
const slackAddresses = (known: readonly KnownPerson[]): ReadonlySet<string> | null => {
  const members = known.filter(({ vendor }) => vendor === 'slack');
  return members.length === 0 ? null : new Set(members.flatMap(({ email }) => email ?? []));
};

/** The manager as the first CRM that knows one has them. */
const managerOf = (
  accounts: readonly KnownPerson[],
  emailOf: ReadonlyMap<string, string | null>,
): string | null =>
  accounts
    .map(({ connectionId, details }) => emailOf.get(`${connectionId}/${String(details.managerId)}`) ?? null)
    .find((email) => email !== null) ?? null;

const doubtOf = (email: string, accounts: readonly KnownPerson[]): FoundPerson['doubt'] => {
  if (accounts.every(({ details }) => details.confirmed === false)) return 'invited';
  return SHARED.test(email.split('@')[0]!) ? 'shared_address' : null;
};

const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Teams by name, whichever CRM has them: what people are told to be in, and queues with whoever stands in them. */
const teamsByEmail = (owners: readonly KnownPerson[]) => {
  const byEmail = new Map<string, Set<string>>();
  const names = new Map<string, string>();
  const join = (email: string | null | undefined, name: string): void => {
    const id = slugOf(name);
    if (!email || id === '') return;
    if (!names.has(id)) names.set(id, name);
    byEmail.set(email, (byEmail.get(email) ?? new Set()).add(id));
  };
  const emails = new Map(owners.map((one) => [`${one.connectionId}/${one.externalId}`, one.email]));
  for (const { connectionId, email, name, details } of owners) {
    for (const team of [
      ...namesIn(details.teams),
      ...namesIn(details.territories),
      ...namesIn([details.role]),
    ])
      join(email, team);
    for (const member of namesIn(details.members))
      join(emails.get(`${connectionId}/${member}`), name ?? member);
  }
  return {
    byEmail,
    teams: (people: readonly FoundPerson[]): readonly FoundTeam[] =>
      [...names]
        .map(([id, name]) => ({
          id,
          name,
          members: people.filter(({ teams }) => teams.includes(id)).map(({ email }) => email),
        }))
        .sort((a, b) => b.members.length - a.members.length || (a.name < b.name ? -1 : 1)),
  };
};

/** Nobody is gone as long as no CRM told of anybody. */
const goneOf = (
  reps: readonly RepRow[],
  found: ReadonlyMap<string, unknown>,
  anybody: boolean,
): FoundPeople['gone'] =>
  reps.flatMap(({ id, email, document }) =>
    anybody && email !== null && !found.has(email)
      ? [{ id, name: String((document as { name?: unknown }).name ?? id) }]
      : [],
  );
