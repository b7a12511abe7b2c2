import type { Router } from 'express';
import type { Scheduler } from '../scheduler.ts';
import { associate, associationTypes } from './associations.ts';
import type { SeedAccount } from './company.ts';
import { notFound } from './errors.ts';
import { createHubSpotFaults, type HubSpotFault } from './faults.ts';
import { createApiRouter } from './http/api-router.ts';
import { type ObjectTypeName, objectTypeOf } from './object-types.ts';
import type { Target } from './outgoing.ts';
import { createPortal, type Portal } from './portal.ts';
import { createRateLimits, HUBSPOT_LIMITS, type LimitSettings } from './rate-limits.ts';
import { archiveRecord, mergeRecords, purgeRecord, restoreRecord } from './record-removal.ts';
import { createRecord, type PropertyValues, updateRecord } from './records.ts';
import { seedPeople } from './seed.ts';
import { createStats, type StatsView } from './stats.ts';
import { type AccessToken, type AppRegistration, createTokens } from './tokens.ts';
import type { ChangeSource, RecordChange, StoredRecord } from './types.ts';
import { createWebhooks } from './webhooks.ts';
import { createWorkflows } from './workflows.ts';

export interface HubSpotOptions {
  readonly app: AppRegistration;
  readonly target: Target;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly limits?: Partial<LimitSettings>;
}

/** Scopes the sample installation grants: all that Fairlead may ask for. */
export const ALL_SCOPES: readonly string[] = [
  'oauth',
  'automation',
  'crm.objects.owners.read',
  'crm.objects.users.read',
  ...['contacts', 'companies', 'deals', 'leads'].flatMap((type) => [
    `crm.objects.${type}.read`,
    `crm.objects.${type}.write`,
  ]),
  ...['contacts', 'companies', 'deals'].flatMap((type) => [
    `crm.schemas.${type}.read`,
    `crm.schemas.${type}.write`,
  ]),
];

/** A person's doing in the CRM; `by` is an owner's e-mail or id, or nobody in particular. */
const personSource = (portal: Portal, by: string | undefined): ChangeSource => {
  const owner = [...portal.owners.values()].find((one) => one.email === by || one.id === by);
  const userId = owner?.userIdIncludingInactive ?? 1;
  return {
    type: 'CRM_UI',
    id: `userId:${userId}`,
    userId,
    label: owner ? `${owner.firstName} ${owner.lastName}` : 'A colleague',
  };
};

const FORM: ChangeSource = { type: 'FORM', id: 'website-contact-form', label: 'Website form' };

/** A record to make as a website form or a person would. */
export interface NewRecord {
  readonly portalId?: number;
  readonly objectType: string;
  readonly properties: PropertyValues;
  readonly associations?: readonly { readonly objectType: string; readonly id: string }[];
  readonly by?: string;
}

/** The stand-in for HubSpot: its API as a router, and the strings that tests, pages and people pull. */
export const createHubSpot = (options: HubSpotOptions) => {
  const { app, target, scheduler, random } = options;
  const now = scheduler.now;
  const portals = new Map<number, Portal>();
  const listeners = new Set<(portalId: number, change: RecordChange) => void>();
  const tokens = createTokens(app, now);
  const limits = createRateLimits(now, { ...HUBSPOT_LIMITS, ...options.limits });
  const stats = createStats();
  const faults = createHubSpotFaults((ms, task) => void setTimeout(task, ms));
  const workflows = createWorkflows({ app, target, scheduler, portals });
  const webhooks = createWebhooks({ app, target, scheduler, random });
  let searchLag = 0;

  const portal = (id?: number): Portal => {
    const found = id === undefined ? [...portals.values()][0] : portals.get(id);
    if (!found) throw notFound(`There is no account ${id ?? ''}: make one with addAccount`);
    return found;
  };

  const typeOf = (text: string): ObjectTypeName => {
    const type = objectTypeOf(text);
    if (!type) throw notFound(`There is no object type ${text}`);
    return type;
  };

  const record = (where: { portalId?: number; objectType: string; id: string }): StoredRecord => {
    const found = portal(where.portalId).records[typeOf(where.objectType)].get(where.id);
    if (!found) throw notFound(`There is no ${where.objectType} ${where.id}`);
    return found;
  };

  const addAccount = (account: SeedAccount): Portal => {
    const existing = portals.get(account.portalId);
    const made =
      existing ??
      createPortal({
        id: account.portalId,
        name: account.name,
        timezone: account.timezone,
        now,
        emit: (change) => {
          workflows.changed(account.portalId, change);
          webhooks.changed(account.portalId, change);
          for (const listener of listeners) listener(account.portalId, change);
        },
      });
    portals.set(account.portalId, made);
    seedPeople(made, account);
    workflows.define(account.portalId, account.workflows);
    return made;
  };

  /** Creates as a form would, or as the person `by`; associated records are joined with every default type. */
  const create = ({ portalId, objectType, properties, associations = [], by }: NewRecord): StoredRecord => {
    const account = portal(portalId);
    const from = typeOf(objectType);
    const source = by === undefined ? FORM : personSource(account, by);
    const made = createRecord(account, from, properties, source);
    for (const other of associations) {
      const to = typeOf(other.objectType);
      const typeIds = associationTypes(from, to).map((type) => type.typeId);
      associate(account, { from, fromId: made.id, to, toId: other.id }, typeIds, source);
    }
    return made;
  };

  const update = (where: {
    portalId?: number;
    objectType: string;
    id: string;
    properties: PropertyValues;
    by?: string;
  }): readonly string[] => {
    const account = portal(where.portalId);
    return updateRecord(
      account,
      typeOf(where.objectType),
      record(where),
      where.properties,
      personSource(account, where.by),
    );
  };

  const context = { app, now, portals, tokens, limits, stats, workflows, searchLag: () => searchLag };
  const router: Router = createApiRouter(context, faults);

  return {
    router,
    app,
    addAccount,
    portal,
    portals: portals as ReadonlyMap<number, Portal>,
    record,
    create,
    update,
    /** A person gives the record to somebody (or to nobody, with an empty id). */
    changeOwner: (where: {
      portalId?: number;
      objectType: string;
      id: string;
      ownerId: string;
      by?: string;
    }): readonly string[] => update({ ...where, properties: { hubspot_owner_id: where.ownerId } }),
    /** Puts a record into the recycling bin. */
    remove: (where: { portalId?: number; objectType: string; id: string; by?: string }): void =>
      archiveRecord(
        portal(where.portalId),
        typeOf(where.objectType),
        record(where),
        personSource(portal(where.portalId), where.by),
      ),
    /** Takes a deleted record back out of the recycling bin. */
    restore: (where: { portalId?: number; objectType: string; id: string; by?: string }): void =>
      restoreRecord(
        portal(where.portalId),
        typeOf(where.objectType),
        record(where),
        personSource(portal(where.portalId), where.by),
      ),
    /** `asNew`: both go into a new record. */
    merge: (where: {
      portalId?: number;
      objectType: string;
      id: string;
      mergeId: string;
      asNew?: boolean;
      by?: string;
    }): StoredRecord =>
      mergeRecords(
        portal(where.portalId),
        typeOf(where.objectType),
        {
          primary: record(where),
          other: record({ ...where, id: where.mergeId }),
          asNew: where.asNew ?? false,
        },
        personSource(portal(where.portalId), where.by),
      ),
    /** Somebody qualifies a lead: its stage, and the deal that is made of it. Answers the deal. */
    convert: (where: { portalId?: number; id: string; by?: string }): StoredRecord => {
      const lead = { ...where, objectType: 'leads' };
      update({ ...lead, properties: { hs_pipeline_stage: 'qualified-stage-id' } });
      const { hs_lead_name: dealname = 'Deal', hubspot_owner_id: owner } = record(lead).properties;
      return create({
        ...where,
        objectType: 'deals',
        properties: { dealname, ...(owner && { hubspot_owner_id: owner }) },
        associations: [{ objectType: 'leads', id: where.id }],
        by: where.by ?? '',
      });
    },
    privacyDelete: (where: { portalId?: number; id: string; by?: string }): void =>
      purgeRecord(
        portal(where.portalId),
        'contacts',
        record({ ...where, objectType: 'contacts' }),
        personSource(portal(where.portalId), where.by),
      ),
    /** Installs the app without the consent page. */
    install: (portalId?: number, scopes: readonly string[] = ALL_SCOPES): AccessToken => {
      const account = portal(portalId);
      const person = [...account.owners.values()].find((owner) => owner.userId !== null);
      return tokens.install({
        portalId: account.id,
        appId: app.appId,
        userId: person?.userId ?? 1,
        user: person?.email ?? 'admin@example.com',
        scopes,
      });
    },
    /** Somebody uninstalls the app. */
    revoke: (portalId?: number): void => void tokens.uninstall(portal(portalId).id),
    /** The share of pushes that never arrives, and the share that arrives twice: 0 to 1. */
    dropPushes: (share = 1): void => webhooks.switches.set({ drop: share }),
    duplicatePushes: (share = 1): void => webhooks.switches.set({ duplicate: share }),
    reorderPushes: (reorder = true): void => webhooks.switches.set({ reorder }),
    tokens,
    workflows,
    webhooks,
    limits,
    faults,
    setFaults: (wanted: readonly HubSpotFault[]): void => faults.set(wanted),
    /** How many milliseconds the search index is behind. */
    setSearchLag: (ms: number): void => {
      searchLag = ms;
    },
    stats: (): StatsView => stats.view(),
    resetStats: (): void => stats.reset(),
    /** Hears every change; the returned function stops it. */
    onChange: (listener: (portalId: number, change: RecordChange) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async (): Promise<void> => {
      await Promise.all([workflows.close(), webhooks.close()]);
    },
  };
};

export type HubSpotSandbox = ReturnType<typeof createHubSpot>;
