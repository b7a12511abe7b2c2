import { ZohoError } from './errors.ts';
import { type Org, tableOf, userNamed } from './org.ts';
import { inContext, knownModule, type WriteContext } from './records/context.ts';
import { convertLead } from './records/convert-lead.ts';
import { deleteRow, mergeRows } from './records/remove-row.ts';
import { insertRow, putRow, updateRow } from './records/write-rows.ts';
import { installingUser } from './seed.ts';
import type { Actor, Input, Row } from './types.ts';

interface Where {
  readonly domain?: string;
  /** A module's API name. Unset: Leads. */
  readonly objectType?: string;
  readonly id: string;
  /** Who does it: an e-mail or id. Unset: the website, as the first user. */
  readonly by?: string;
}

/** An activity a person records with a record. */
export interface Activity {
  readonly domain?: string;
  readonly id: string;
  readonly kind: 'call' | 'meeting' | 'email';
  readonly by?: string;
}

/** What the timeline calls them: its module and what was done. */
const ACTIVITIES = {
  call: { module: 'Calls', action: 'added' },
  meeting: { module: 'Events', action: 'added' },
  email: { module: 'Emails', action: 'sent' },
} as const;

const actorOf = (org: Org, by: string | undefined): Actor => {
  if (by === undefined) return { userId: installingUser(org).id, via: 'web', client: null };
  const user = userNamed(org, by);
  if (!user) throw new ZohoError('INVALID_DATA', `There is no user ${by}`);
  return { userId: user.id, via: 'ui', client: null };
};

/** A record as it is stored. Throws ZohoError. */
export const storedRow = (org: Org, objectType: string, id: string): Row => {
  const row = tableOf(org, knownModule(org, objectType).api_name).get(id);
  if (!row) throw new ZohoError('INVALID_DATA', `There is no record ${id} in ${objectType}`, {}, 404);
  return row;
};

/** What people do in one org's browser pages, and visitors on its website. */
export const createPeopleWrites = (orgNamed: (domain?: string) => Org) => {
  const write = <T>(
    where: { readonly domain?: string; readonly by?: string },
    work: (context: WriteContext) => T,
  ): T => {
    const org = orgNamed(where.domain);
    return inContext(
      { org, actor: actorOf(org, where.by), workflows: true, rowFault: () => undefined },
      work,
    );
  };
  return {
    /** Creates a record as the website would, or as the person `by`. */
    create: (what: Omit<Where, 'id'> & { readonly values: Input }): Row =>
      write(what, (context) => {
        const { objectType = 'Leads' } = what;
        const { id } = insertRow(context, objectType, what.values);
        return storedRow(context.org, objectType, id);
      }),
    update: (where: Where & { readonly values: Input }): void =>
      write(where, (context) => void updateRow(context, where.objectType ?? 'Leads', where.id, where.values)),
    /** A person gives the record to somebody. */
    changeOwner: (where: Where & { readonly ownerId: string }): void =>
      write(
        where,
        (context) =>
          void updateRow(context, where.objectType ?? 'Leads', where.id, { Owner: { id: where.ownerId } }),
      ),
    remove: (where: Where): void =>
      write(where, (context) => deleteRow(context, where.objectType ?? 'Leads', where.id)),
    /** Merges another record into this one; nothing says of the other where it went. */
    merge: (where: Where & { readonly mergeId: string }): void =>
      write(
        where,
        (context) => void mergeRows(context, where.objectType ?? 'Leads', where.id, where.mergeId),
      ),
    convert: (where: Where): void => write(where, (context) => void convertLead(context, where.id, {})),
    /** Holds a record (or lets it go): writes are refused meanwhile. */
    lock: (where: Where & { readonly locked: boolean }): void =>
      write(where, (context) => {
        const row = storedRow(context.org, where.objectType ?? 'Leads', where.id);
        putRow(context, where.objectType ?? 'Leads', { ...row, Locked__s: where.locked });
      }),
    /** A person calls, meets or writes to a lead. */
    recordActivity: ({ domain, id, kind, by }: Activity): void => {
      const org = orgNamed(domain);
      const { userId } = actorOf(org, by ?? installingUser(org).id);
      const { module, action } = ACTIVITIES[kind];
      org.timeline.push({
        id: org.ids.next(),
        recordId: id,
        at: org.now(),
        action,
        module,
        name: kind,
        by: userId,
        source: 'crm_ui',
      });
    },
  };
};
