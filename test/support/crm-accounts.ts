import type { Sandbox } from '../../sandbox/create-sandbox.ts';
import type { ConnectionInfo, Sender } from '../../server/assignments/ports.ts';
import type { Clock } from '../../server/base/clock.ts';
import { createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createHubspotSender } from '../../server/crm/hubspot/sender.ts';
import { createSalesforceSender } from '../../server/crm/salesforce/sender.ts';
import { createZohoSender } from '../../server/crm/zoho/sender.ts';
import { ownersBy, refuses, stringsOf, type Trouble } from './crm-account-parts.ts';
import { dynamics } from './dynamics-account.ts';
import { decisionViews, openPortal } from './hubspot-portal.ts';
import { pipedrive } from './pipedrive-account.ts';
import { openSalesforceOrg } from './salesforce-org.ts';
import { openZohoOrg } from './zoho-org.ts';

/** An account of a stand-in CRM, so that one suite can be run over every connector. */
export interface CrmAccount {
  readonly connection: ConnectionInfo;
  /** `broken`: the CRM refuses our tokens for good. */
  readonly sender: (clock: Clock, broken?: boolean) => Sender;
  readonly objectType: string;
  /** Makes a record that belongs to nobody in particular. */
  readonly record: () => string;
  /** The owner ids of three people, and of one who has left. */
  readonly owners: readonly [string, string, string, left: string];
  readonly owner: (record: string) => string | null;
  /** Owners written onto a record, the latest first. */
  readonly ownersWritten: (record: string) => readonly { readonly value: string; readonly at: number }[];
  readonly changeOwner: (record: string, ownerId: string) => void;
  /** What stands on the record besides the owner. */
  readonly reason: (record: string) => { readonly reason: unknown; readonly decision: unknown };
  /** What each task says, and whose it is. */
  readonly tasks: () => readonly { readonly owner: unknown; readonly text: string }[];
  readonly unknownRecord: string;
  /** The owner of a record that belongs to nobody in particular. */
  readonly nobody: string | null;
  /** How long the whole connection pauses after being called too often. Milliseconds. */
  readonly pauseMs: number;
  readonly trouble: (kind: Trouble, times?: number) => void;
  readonly calm: () => void;
  readonly requests: () => number;
  /** Calls that wrote records. */
  readonly writes: () => number;
  readonly resetCounts: () => void;
}

export interface Connector {
  readonly name: string;
  readonly batch: number;
  /** A write of unknown outcome is looked for within the same try. */
  readonly looksAgain?: true;
  /** It takes no writes in bulk: a batch is as many writes. */
  readonly oneByOne?: true;
  readonly open: (sandbox: Sandbox, options?: { readonly now?: () => number }) => CrmAccount;
}

const hubspot: Connector = {
  name: 'HubSpot',
  batch: 100,
  open: (sandbox, options = {}) => {
    const portal = openPortal(sandbox, options);
    const { portalId } = portal;
    return {
      connection: portal.connection,
      sender: (clock, broken = false) => {
        const call = broken ? refuses : portal.call;
        const reasonFields = createReasonFields(call);
        return createHubspotSender({ call, reasonFields, decisionsById: decisionViews, clock });
      },
      objectType: 'contact',
      record: () => portal.contact(),
      owners: ['1001', '1002', '1003', '1009'],
      owner: (id) => portal.record(id).properties.hubspot_owner_id ?? null,
      ownersWritten: (id) => portal.record(id).history.hubspot_owner_id ?? [],
      changeOwner: (id, ownerId) =>
        portal.hubspot.changeOwner({ portalId, objectType: 'contacts', id, ownerId }),
      reason: (id) => {
        const { fairlead_reason: reason, fairlead_decision: decision } = portal.record(id).properties;
        return { reason, decision };
      },
      tasks: () =>
        [...portal.hubspot.portal(portalId).records.tasks.values()].map(({ properties }) => ({
          owner: properties.hubspot_owner_id,
          text: properties.hs_task_body ?? '',
        })),
      unknownRecord: '99999999',
      nobody: null,
      pauseMs: 10_000,
      ...stringsOf(sandbox.hubspot, {
        down: { kind: '5xx' },
        write_reset: { kind: 'reset', path: 'contacts/batch/update' },
        task_truncated: { kind: 'truncated', path: 'tasks/batch/create' },
        rate_limited: { kind: '429', path: 'batch/update' },
      }),
      requests: () => sandbox.hubspot.stats().requests,
      writes: () =>
        Object.entries(sandbox.hubspot.stats().byRoute)
          .filter(([route]) => route.includes('batch/update'))
          .reduce((sum, [, count]) => sum + count, 0),
    };
  },
};

const salesforce: Connector = {
  name: 'Salesforce',
  batch: 200,
  open: (sandbox, options = {}) => {
    const org = openSalesforceOrg(sandbox, options);
    const { domain, salesforce: crm } = org;
    return {
      connection: org.connection,
      sender: (clock, broken = false) =>
        createSalesforceSender({
          call: broken ? refuses : org.call,
          decisionsById: decisionViews,
          clock,
        }),
      objectType: 'lead',
      record: () => org.lead(),
      owners: ownersBy(org.idOf),
      owner: (id) => {
        const owner = String(org.record(id).OwnerId);
        return owner === org.nobody ? null : owner;
      },
      ownersWritten: (id) =>
        org
          .rows('LeadHistory')
          .filter(
            (row) => row.LeadId === id && row.Field === 'Owner' && String(row.NewValue).startsWith('005'),
          )
          .map((row) => ({ value: String(row.NewValue), at: Date.parse(String(row.CreatedDate)) }))
          .toReversed(),
      changeOwner: (id, ownerId) => crm.changeOwner({ domain, id, ownerId }),
      reason: (id) => {
        const { Fairlead_Reason__c: reason, Fairlead_Decision__c: decision } = org.record(id);
        return { reason, decision };
      },
      tasks: () =>
        org.rows('Task').map(({ OwnerId, Description }) => ({ owner: OwnerId, text: String(Description) })),
      unknownRecord: '00QWs00000000zzMAA',
      nobody: org.nobody,
      pauseMs: 5_000,
      ...stringsOf(sandbox.salesforce, {
        down: { kind: '503' },
        write_reset: { kind: 'reset', path: 'composite/sobjects', method: 'PATCH' },
        task_truncated: { kind: 'truncated', path: 'composite/sobjects', method: 'POST' },
        rate_limited: { kind: 'concurrent_limit', path: 'composite/sobjects' },
      }),
      requests: () => sandbox.salesforce.stats().apiCalls,
      writes: () => sandbox.salesforce.stats().byKind['collection.update'] ?? 0,
    };
  },
};

const zoho: Connector = {
  name: 'Zoho CRM',
  batch: 100,
  open: (sandbox, options = {}) => {
    const org = openZohoOrg(sandbox, options);
    const { domain, zoho: crm } = org;
    return {
      connection: org.connection,
      sender: (clock, broken = false) =>
        createZohoSender({
          call: broken ? refuses : org.call,
          fields: broken ? { of: refuses, forget: () => undefined } : org.fields,
          decisionsById: decisionViews,
          clock,
        }),
      objectType: 'lead',
      record: () => org.lead(),
      owners: ownersBy(org.idOf),
      owner: (id) => (org.ownerOf(id) === org.nobody ? null : org.ownerOf(id)),
      ownersWritten: (id) =>
        org.org.ownerChanges
          .filter(({ recordId }) => recordId === id)
          .map(({ ownerId, at }) => ({ value: ownerId, at }))
          .toReversed(),
      changeOwner: (id, ownerId) => crm.changeOwner({ domain, id, ownerId }),
      reason: (id) => {
        const { Fairlead_Reason: reason, Fairlead_Decision: decision } = org.record(id);
        return { reason, decision };
      },
      tasks: () =>
        org.rows('Tasks').map(({ Owner, Description }) => ({
          owner: (Owner as { id: string }).id,
          text: String(Description),
        })),
      unknownRecord: '6756839000000999999',
      nobody: org.nobody,
      pauseMs: 3_000,
      ...stringsOf(sandbox.zoho, {
        down: { kind: '503' },
        write_reset: { kind: 'reset', path: '/crm/v8/Leads', method: 'PUT' },
        task_truncated: { kind: 'truncated', path: '/crm/v8/Tasks', method: 'POST' },
        rate_limited: { kind: 'concurrent_limit', path: '/crm/v8/Leads' },
      }),
      requests: () => sandbox.zoho.stats().calls,
      writes: () => sandbox.zoho.stats().byKind['records.update'] ?? 0,
    };
  },
};

export const CONNECTORS: readonly Connector[] = [hubspot, salesforce, dynamics, zoho, pipedrive];
