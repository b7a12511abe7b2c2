import { notFound } from './errors.ts';
import { toId18 } from './ids.ts';
import { type Org, tableOf } from './org.ts';
import type { Input } from './rows/check-values.ts';
import { convertLead } from './rows/convert-lead.ts';
import { insertRow } from './rows/insert-row.ts';
import { deleteRow, mergeLeads, undeleteRow } from './rows/remove-row.ts';
import { createTransaction } from './rows/transaction.ts';
import { updateRow } from './rows/update-row.ts';
import type { WriteContext } from './rows/write-context.ts';
import type { ObjectDef } from './schema/object.ts';
import { objectNamed } from './schema/objects.ts';
import { integrationUser } from './seed.ts';
import type { Actor, Row } from './types.ts';

/** Who does it: a user's e-mail, username or id; nobody: the website, which runs as the integration user. */
export const actorOf = (org: Org, by: string | undefined, via?: Actor['via']): Actor => {
  const user =
    by === undefined
      ? integrationUser(org)
      : [...tableOf(org, 'User').values()].find((one) => [one.Email, one.Username, one.Id].includes(by));
  if (!user) throw notFound(`There is no user ${by}`);
  return { userId: user.Id, via: via ?? (by === undefined ? 'web' : 'ui'), client: null };
};

/** Runs writes as one transaction. Assignment rules stay out of it: only the API runs them unasked. */
export const inTransaction = <T>(org: Org, actor: Actor, work: (context: WriteContext) => T): T => {
  const tx = createTransaction(org);
  const context = { org, tx, actor, autoAssign: false, allowDuplicates: true, rowFault: () => undefined };
  try {
    const result = work(context);
    tx.commit();
    return result;
  } catch (error) {
    tx.rollback();
    throw error;
  }
};

/** The object of that name: what is hidden is hidden from the app's user only. Throws SalesforceError NOT_FOUND. */
export const knownObject = ({ packageInstalled }: Org, objectType: string): ObjectDef => {
  const object = objectNamed(objectType, { packageInstalled });
  if (!object) throw notFound(`There is no object ${objectType}`);
  return object;
};

/** A record as it is stored, deleted or not. Throws SalesforceError NOT_FOUND. */
export const storedRow = (org: Org, objectType: string, id: string): Row => {
  const row = tableOf(org, knownObject(org, objectType).name).get(toId18(id) ?? '');
  if (!row) throw notFound(`There is no ${objectType} ${id}`);
  return row;
};

interface Where {
  readonly objectType?: string;
  readonly id: string;
  readonly by?: string;
}

/** What people do in one org's browser pages, and visitors on its website. */
export const createPeopleWrites = (orgNamed: (domain?: string) => Org) => {
  const write = <T>(
    domain: string | undefined,
    by: string | undefined,
    work: (context: WriteContext) => T,
  ) => {
    const org = orgNamed(domain);
    return inTransaction(org, actorOf(org, by), work);
  };
  return {
    /** Creates a record as the website would, or as the person `by`. */
    create: (what: {
      readonly domain?: string;
      readonly objectType?: string;
      readonly values: Input;
      readonly by?: string;
      /** As a web form does that runs the assignment rule. */
      readonly autoAssign?: boolean;
    }): Row =>
      write(what.domain, what.by, (context) => {
        const object = knownObject(context.org, what.objectType ?? 'Lead');
        const asked = { ...context, autoAssign: what.autoAssign ?? false };
        return storedRow(context.org, object.name, insertRow(asked, object, what.values));
      }),
    update: (where: Where & { readonly domain?: string; readonly values: Input }): void =>
      write(where.domain, where.by, (context) => {
        const object = knownObject(context.org, where.objectType ?? 'Lead');
        updateRow(context, object, storedRow(context.org, object.name, where.id).Id, where.values);
      }),
    /** A person gives the lead to somebody, or to a queue. */
    changeOwner: (where: Where & { readonly domain?: string; readonly ownerId: string }): void =>
      write(where.domain, where.by, (context) => {
        const object = knownObject(context.org, where.objectType ?? 'Lead');
        const { Id } = storedRow(context.org, object.name, where.id);
        updateRow(context, object, Id, { OwnerId: where.ownerId });
      }),
    remove: (where: Where & { readonly domain?: string }): void =>
      write(where.domain, where.by, (context) => {
        const object = knownObject(context.org, where.objectType ?? 'Lead');
        deleteRow(context, object, storedRow(context.org, object.name, where.id).Id);
      }),
    undelete: (where: Where & { readonly domain?: string }): void =>
      write(where.domain, where.by, (context) => {
        const object = knownObject(context.org, where.objectType ?? 'Lead');
        undeleteRow(context, object, storedRow(context.org, object.name, where.id).Id);
      }),
    /** Merges another lead into this one: the other is deleted and says into which. */
    merge: (where: Where & { readonly domain?: string; readonly mergeId: string }): void =>
      write(where.domain, where.by, (context) => {
        const { org } = context;
        const other = storedRow(org, 'Lead', where.mergeId).Id;
        mergeLeads(context, knownObject(org, 'Lead'), storedRow(org, 'Lead', where.id).Id, [other]);
      }),
    convert: (where: Where & { readonly domain?: string }): void =>
      write(
        where.domain,
        where.by,
        (context) => void convertLead(context, storedRow(context.org, 'Lead', where.id).Id),
      ),
  };
};
