import { refused } from '../errors.ts';
import { type Org, tableOf } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';

const queueOwns = (org: Org, queueId: string, objectType: string): boolean =>
  [...tableOf(org, 'QueueSobject').values()].some(
    (one) => one.QueueId === queueId && one.SobjectType === objectType && !one.IsDeleted,
  );

/** Refuses owners who cannot own: unknown, inactive, a group that is no queue, a queue for other kinds of records. */
export const checkOwner = (org: Org, object: ObjectDef, ownerId: string): void => {
  const user = tableOf(org, 'User').get(ownerId);
  if (user) {
    if (user.IsActive) return;
    throw refused(
      'INACTIVE_OWNER_OR_USER',
      `operation performed with inactive user [${ownerId}] as owner of ${object.label.toLowerCase()}`,
    );
  }
  const group = tableOf(org, 'Group').get(ownerId);
  if (!group || group.IsDeleted)
    throw refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['OwnerId']);
  if (group.Type !== 'Queue' || !queueOwns(org, ownerId, object.name))
    throw refused('INVALID_OPERATION', 'Queue not associated with this SObject type');
};

/** The name people know an owner by. */
export const ownerName = (org: Org, ownerId: string): string =>
  String(tableOf(org, 'User').get(ownerId)?.Name ?? tableOf(org, 'Group').get(ownerId)?.Name ?? ownerId);
