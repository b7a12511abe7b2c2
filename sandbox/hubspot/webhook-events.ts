import { OBJECT_TYPES, type ObjectTypeName } from './object-types.ts';
import type { RecordChange } from './types.ts';

/** What an app asked to be told. `style` decides the names: `contact.creation` or `object.creation` + objectTypeId. */
export interface Subscription {
  readonly id: number;
  readonly objectType: ObjectTypeName;
  readonly event: 'creation' | 'propertyChange' | 'deletion' | 'merge' | 'restore' | 'privacyDeletion';
  readonly propertyName?: string;
  readonly style: 'legacy' | 'generic';
}

/** An event as it stands in a webhook's array. `attemptNumber` is set when it is sent. */
export type WebhookEvent = Readonly<Record<string, unknown>>;

const EVENTS: Readonly<Record<RecordChange['kind'], readonly Subscription['event'][]>> = {
  created: ['creation'],
  property: ['propertyChange'],
  deleted: ['deletion'],
  privacy_deleted: ['privacyDeletion', 'deletion'],
  merged: ['merge'],
  restored: ['restore'],
  associated: [],
  workflow: [],
};

const FLAGS: Readonly<Partial<Record<Subscription['event'], string>>> = {
  creation: 'NEW',
  deletion: 'DELETED',
};

/** Leads have only generic subscriptions; privacy deletion has only the old name. */
const subscriptionType = (subscription: Subscription): string => {
  const legacy = subscription.event === 'privacyDeletion' || subscription.style === 'legacy';
  return `${legacy ? OBJECT_TYPES[subscription.objectType].singular : 'object'}.${subscription.event}`;
};

const details = (change: RecordChange): WebhookEvent => {
  if (change.kind === 'property')
    return { propertyName: change.name, propertyValue: change.value, isSensitive: false };
  if (change.kind === 'merged') {
    return {
      primaryObjectId: Number(change.primaryId),
      mergedObjectIds: change.mergedIds.map(Number),
      newObjectId: Number(change.id),
      numberOfPropertiesMoved: 0,
    };
  }
  return {};
};

/** The events a change makes for these subscriptions. `eventId` may repeat: HubSpot does not promise uniqueness. */
export const eventsFor = (
  change: RecordChange,
  subscriptions: readonly Subscription[],
  ids: { portalId: number; appId: number; eventId: () => number },
): readonly WebhookEvent[] => {
  const wanted = EVENTS[change.kind];
  return subscriptions
    .filter(
      (subscription) => subscription.objectType === change.objectType && wanted.includes(subscription.event),
    )
    .filter((subscription) => change.kind !== 'property' || subscription.propertyName === change.name)
    .map((subscription) => {
      const type = subscriptionType(subscription);
      return {
        eventId: ids.eventId(),
        subscriptionId: subscription.id,
        portalId: ids.portalId,
        appId: ids.appId,
        occurredAt: change.at,
        subscriptionType: type,
        ...(change.kind === 'merged' ? {} : { objectId: Number(change.id) }),
        ...(type.startsWith('object.') ? { objectTypeId: OBJECT_TYPES[change.objectType].typeId } : {}),
        ...details(change),
        ...(FLAGS[subscription.event] === undefined ? {} : { changeFlag: FLAGS[subscription.event] }),
        changeSource: change.source.type,
        sourceId: change.source.id,
      };
    });
};

const STAGE_PROPERTIES = {
  contacts: 'lifecyclestage',
  companies: 'lifecyclestage',
  deals: 'dealstage',
  leads: 'hs_pipeline_stage',
} as const;

/** Companies and deals come about around a lead and are no leads themselves: their creation is not asked for. */
const EVENTS_ASKED_FOR = {
  contacts: ['creation', 'deletion', 'merge', 'restore', 'privacyDeletion'],
  companies: ['deletion', 'merge'],
  deals: ['deletion', 'merge'],
  leads: ['creation', 'deletion', 'merge', 'restore'],
} as const;

/** What Fairlead's app subscribes to in the sample account. Ids are arbitrary, apart by hundreds per type. */
export const DEFAULT_SUBSCRIPTIONS: readonly Subscription[] = (
  ['contacts', 'companies', 'deals', 'leads'] as const
).flatMap((objectType, index) => {
  const style = objectType === 'leads' ? 'generic' : 'legacy';
  const id = 1000 + index * 100;
  return [
    ...EVENTS_ASKED_FOR[objectType].map(
      (event, offset): Subscription => ({ id: id + offset, objectType, event, style }),
    ),
    ...['hubspot_owner_id', STAGE_PROPERTIES[objectType]].map(
      (propertyName, offset): Subscription => ({
        id: id + 50 + offset,
        objectType,
        event: 'propertyChange',
        propertyName,
        style,
      }),
    ),
  ];
});
