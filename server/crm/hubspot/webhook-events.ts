import { z } from 'zod';
import { MERGED_PROPERTY, OWNER_PROPERTY, objectTypeOf } from './facts.ts';

/**
 * What a push says, as the use cases know it. A push is a hint: the record is read again before anything is decided.
 * `portalId` names the connection; `at` is epoch milliseconds; `dedupe` is the same for a repeated push.
 */
export type HubspotEvent = {
  readonly portalId: string;
  readonly objectType: string;
  readonly recordId: string;
  readonly at: number;
  readonly dedupe: string;
} & (
  | { readonly kind: 'record_changed' }
  | { readonly kind: 'owner_changed'; readonly ownerId: string | null }
  | { readonly kind: 'record_gone'; readonly mergedInto: string | null }
  /** The person asked HubSpot to be forgotten: their snapshots are erased here too. */
  | { readonly kind: 'erase' }
  /** A user's working hours, time off or availability changed: the directory is read again. */
  | { readonly kind: 'user_changed' }
);

export type ParsedPush =
  | { readonly ok: true; readonly events: readonly HubspotEvent[]; readonly ignored: number }
  | { readonly ok: false; readonly message: string };

/** Ids come as numbers, and as text in some versions. */
const id = z.union([z.number(), z.string().min(1)]).transform(String);

const pushed = z.object({
  eventId: id.optional(),
  subscriptionId: id.optional(),
  portalId: id,
  occurredAt: z.number(),
  subscriptionType: z.string(),
  objectId: id.optional(),
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  propertyValue: z.string().nullish(),
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).optional(),
  newObjectId: id.optional(),
  fromObjectId: id.optional(),
  fromObjectTypeId: z.string().optional(),
});
type Pushed = z.infer<typeof pushed>;

/**
 * Parses the body of a push: an array of up to 100 events, of any types and portals mixed. Events of kinds or objects
 * we have no use for are counted as `ignored`; a body that is no array is refused.
 */
export const parsePush = (body: unknown): ParsedPush => {
  if (!Array.isArray(body)) return { ok: false, message: 'A HubSpot push is a JSON array of events.' };
  const parsed = body.map((item) => pushed.safeParse(item));
  const events = parsed.flatMap((item) => (item.success ? toEvents(item.data) : []));
  const used = new Set(events.map(({ dedupe }) => dedupe.split('#')[0]));
  return { ok: true, events, ignored: Math.max(0, body.length - used.size) };
};

const toEvents = (push: Pushed): readonly HubspotEvent[] => {
  const [named, happening] = push.subscriptionType.split('.', 2);
  const objectType = objectTypeOf(push.objectTypeId ?? push.fromObjectTypeId ?? named ?? '');
  const recordId = push.objectId ?? push.fromObjectId ?? push.newObjectId;
  if (!objectType || !recordId || !happening) return [];
  const base = {
    portalId: push.portalId,
    objectType,
    recordId,
    at: push.occurredAt,
    dedupe: dedupeKey(push),
  };
  if (objectType === 'user') return [{ ...base, kind: 'user_changed' }];
  switch (happening) {
    case 'creation':
    case 'restore':
    case 'associationChange':
      return [{ ...base, kind: 'record_changed' }];
    case 'propertyChange':
      return propertyChange(base, push);
    case 'deletion':
      return [{ ...base, kind: 'record_gone', mergedInto: null }];
    case 'privacyDeletion':
      return [{ ...base, kind: 'erase' }];
    case 'merge':
      return mergeEvents(base, push);
    default:
      return [];
  }
};

type Base = Omit<HubspotEvent, 'kind' | 'ownerId' | 'mergedInto'>;

const propertyChange = (base: Base, push: Pushed): readonly HubspotEvent[] => {
  if (push.propertyName === OWNER_PROPERTY)
    return [{ ...base, kind: 'owner_changed', ownerId: push.propertyValue || null }];
  // A merge also shows as a change of this property; its own event says more.
  return push.propertyName === MERGED_PROPERTY ? [] : [{ ...base, kind: 'record_changed' }];
};

/** Every merged record is gone into the surviving one, which has changed. */
const mergeEvents = (base: Base, push: Pushed): readonly HubspotEvent[] => {
  const survivor = push.newObjectId ?? push.primaryObjectId ?? base.recordId;
  const gone = new Set([...(push.mergedObjectIds ?? []), push.primaryObjectId ?? survivor]);
  gone.delete(survivor);
  return [
    ...[...gone].map(
      (recordId): HubspotEvent => ({
        ...base,
        recordId,
        dedupe: `${base.dedupe}#${recordId}`,
        kind: 'record_gone',
        mergedInto: survivor,
      }),
    ),
    { ...base, recordId: survivor, kind: 'record_changed' },
  ];
};

/** `eventId` alone is not unique, and `attemptNumber` differs between repeats of one event: neither serves as key. */
const dedupeKey = (push: Pushed): string =>
  [
    'hubspot',
    push.portalId,
    push.subscriptionType,
    push.subscriptionId ?? '',
    push.objectId ?? push.newObjectId ?? push.fromObjectId ?? '',
    push.propertyName ?? '',
    push.occurredAt,
    push.eventId ?? '',
  ].join(':');
