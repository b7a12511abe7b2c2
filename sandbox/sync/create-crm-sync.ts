import { createHash } from 'node:crypto';
import type { HubSpotSandbox } from '../hubspot/create-hubspot.ts';
import { HubSpotError } from '../hubspot/errors.ts';
import type { SalesforceSandbox } from '../salesforce/create-salesforce.ts';
import { SalesforceError } from '../salesforce/errors.ts';
import { tableOf } from '../salesforce/org.ts';
import type { Scheduler } from '../scheduler.ts';
import { createChangedRecords } from './changed-records.ts';
import { copyToContact, copyToLead } from './copy-records.ts';
import { MAPPED_FIELDS, MAPPED_PROPERTIES } from './field-map.ts';
import { addSyncProperties } from './twins.ts';

interface SyncDeps {
  readonly hubspot: HubSpotSandbox;
  readonly salesforce: SalesforceSandbox;
  readonly scheduler: Scheduler;
}

export interface SyncSettings {
  /** Whether contacts that are alone get a lead, and leads a contact. */
  readonly createLeads: boolean;
  readonly createContacts: boolean;
  /** Of the records that are alone, how many get one on the other side: 0 to 1. */
  readonly share: number;
}

/** What one round did. */
export interface SyncRound {
  readonly toContacts: number;
  readonly toLeads: number;
  /** Writes the other side refused. */
  readonly problems: readonly string[];
}

/** Whether a record is of those that are carried over: always the same for the same record. */
const isAmong = (share: number, id: string): boolean =>
  (createHash('sha256').update(id).digest()[0] ?? 0) < share * 256;

/** Runs a copy; what the other side refuses is told, and does not stop the rest. */
const attempt = (problems: string[], copy: () => boolean): number => {
  try {
    return copy() ? 1 : 0;
  } catch (error) {
    if (!(error instanceof HubSpotError || error instanceof SalesforceError)) throw error;
    problems.push(error.message);
    return 0;
  }
};

/** HubSpot's own sync of the first account with the first org: contacts and leads joined by `salesforceleadid`. */
export const createCrmSync = ({ hubspot, salesforce, scheduler }: SyncDeps) => {
  let settings: SyncSettings = { createLeads: true, createContacts: true, share: 1 };
  let calledOff = (): void => undefined;
  let listening: readonly (() => void)[] = [];
  const contacts = createChangedRecords();
  const leads = createChangedRecords();

  const heard = (names: readonly string[], kind: string, mapped: readonly string[]): readonly string[] =>
    kind === 'created' ? mapped : names.filter((name) => mapped.includes(name));

  const listen = (): void => {
    addSyncProperties(hubspot.portal());
    listening = [
      hubspot.onChange((_portalId, change) => {
        if (change.objectType !== 'contacts' || change.source.type === 'SALESFORCE') return;
        const names = change.kind === 'property' ? [change.name] : [];
        contacts.note(change.id, heard(names, change.kind, MAPPED_PROPERTIES));
      }),
      salesforce.onChange((_org, changes) => {
        for (const { objectType, id, actor, kind, fields } of changes)
          if (objectType === 'Lead' && actor.via !== 'sync')
            leads.note(id, heard(fields, kind, MAPPED_FIELDS));
      }),
    ];
  };

  /** One round. Salesforce goes first: where both sides changed the same value, its value stands. */
  const syncNow = (): SyncRound => {
    const [portal, org] = [hubspot.portal(), salesforce.org()];
    const problems: string[] = [];
    let [toContacts, toLeads] = [0, 0];
    for (const [id, changed] of leads.take()) {
      const lead = tableOf(org, 'Lead').get(id);
      if (!lead || lead.IsDeleted) continue;
      toContacts += attempt(problems, () =>
        copyToContact(portal, org, lead, changed, settings.createContacts && isAmong(settings.share, id)),
      );
    }
    for (const [id, changed] of contacts.take()) {
      const contact = portal.records.contacts.get(id);
      if (!contact || contact.archivedAt !== null) continue;
      toLeads += attempt(problems, () =>
        copyToLead(portal, org, contact, changed, settings.createLeads && isAmong(settings.share, id)),
      );
    }
    return { toContacts, toLeads, problems };
  };

  const stop = (): void => {
    calledOff();
    for (const end of listening) end();
    listening = [];
  };

  const plan = (ms: number): void => {
    calledOff = scheduler.after(ms, () => {
      syncNow();
      plan(ms);
    });
  };

  return {
    /** Notes changes from now on. With an interval (milliseconds) it syncs by itself; without, when asked. */
    start: (everyMs: number | null = null): void => {
      stop();
      listen();
      if (everyMs !== null) plan(everyMs);
    },
    stop,
    syncNow,
    set: (change: Partial<SyncSettings>): void => {
      settings = { ...settings, ...change };
    },
    /** Records not yet carried over. */
    waiting: (): number => contacts.size() + leads.size(),
  };
};

export type CrmSync = ReturnType<typeof createCrmSync>;
