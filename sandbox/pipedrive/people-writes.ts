import type { Account } from './account.ts';
import { convertLead } from './conversions.ts';
import { badRequest, notFound } from './errors.ts';
import { removeRow, rowOf } from './rows.ts';
import { installingUser, userNamed } from './seed.ts';
import { type Actor, OBJECT_NAMES, type ObjectName, type Row, type Values } from './types.ts';
import { insert } from './writes/insert.ts';
import { mergeRows } from './writes/merge.ts';
import { update } from './writes/update.ts';

interface Where {
  readonly domain?: string;
  /** Unset: a lead. */
  readonly objectType?: string;
  readonly id: string | number;
  /** Who does it: a user's e-mail or id; unset: whoever is an admin. */
  readonly by?: string;
}

const objectOf = (objectType = 'lead'): ObjectName => {
  const found = OBJECT_NAMES.find((name) => name === objectType);
  if (!found) throw notFound(`Object ${objectType}`);
  return found;
};

const actorOf = (account: Account, by?: string): Actor => ({
  userId: Number((by === undefined ? installingUser(account) : userNamed(account, by)).id),
  via: 'app',
});

/** A lead is made with its person and organisation, where those are described rather than named by id. */
const withParties = (account: Account, values: Values, by: Actor): Values => {
  const { person, organization, ...lead } = values;
  const org = organization === undefined ? null : insert(account, 'organization', organization as Values, by);
  const described = { ...(org && { org_id: org.id }), ...(person as Values | undefined) };
  const one = person === undefined ? null : insert(account, 'person', described, by);
  return { ...lead, ...(org && { organization_id: org.id }), ...(one && { person_id: one.id }) };
};

/** What people do in a company's browser pages. */
export const createPeopleWrites = (accountOf: (domain?: string) => Account) => ({
  /** Creates a record; a lead's `person` and `organization` may be described and are made first. */
  create: (what: {
    readonly domain?: string;
    readonly objectType?: string;
    readonly values: Values;
    readonly by?: string;
  }): Row => {
    const account = accountOf(what.domain);
    const object = objectOf(what.objectType);
    const actor = actorOf(account, what.by);
    if (object === 'user') throw badRequest('Users are made with addCompany');
    const values = object === 'lead' ? withParties(account, what.values, actor) : what.values;
    return insert(account, object, values, actor);
  },
  update: (where: Where & { readonly values: Values }): void => {
    const account = accountOf(where.domain);
    update(account, objectOf(where.objectType), where.id, where.values, actorOf(account, where.by));
  },
  /** A person gives the record to somebody. */
  changeOwner: (where: Where & { readonly ownerId: string | number }): void => {
    const account = accountOf(where.domain);
    const values = { owner_id: Number(where.ownerId) };
    update(account, objectOf(where.objectType), where.id, values, actorOf(account, where.by));
  },
  remove: (where: Where): void => {
    const account = accountOf(where.domain);
    removeRow(account, objectOf(where.objectType), where.id, actorOf(account, where.by));
  },
  /** Merges another person, organisation or deal into this one. Leads cannot be merged in Pipedrive. */
  merge: (where: Where & { readonly mergeId: string | number }): void => {
    const account = accountOf(where.domain);
    const actor = actorOf(account, where.by);
    mergeRows(account, objectOf(where.objectType), where.id, where.mergeId, actor);
  },
  /** Turns a lead into a deal, which is returned. */
  convert: (where: Omit<Where, 'objectType'>): Row => {
    const account = accountOf(where.domain);
    return convertLead(account, String(where.id), {}, actorOf(account, where.by));
  },
  /** A record as it is stored. Throws PipedriveError 404. */
  record: (where: Pick<Where, 'domain' | 'objectType' | 'id'>): Row =>
    rowOf(accountOf(where.domain), objectOf(where.objectType), where.id),
});
