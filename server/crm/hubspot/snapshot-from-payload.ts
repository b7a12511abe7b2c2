import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordSnapshot } from '../../assignments/types.ts';
import { parseSource } from '../sources.ts';
import { OWNER_PROPERTY } from './facts.ts';
import { toSnapshot } from './to-snapshot.ts';

/** The record a workflow action runs for, with the properties HubSpot sent along. */
export interface PayloadObject {
  readonly objectId: string;
  readonly objectType: string;
  readonly properties: Readonly<Record<string, string | null>>;
}

/**
 * A snapshot straight from a workflow action, which saves the read: only when the payload holds the owner and every
 * property the policy reads, all of the record itself. undefined: read the record.
 */
export const snapshotFromPayload = (
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  object: PayloadObject,
  sources: Readonly<Record<string, string>>,
  appUrl: string,
): RecordSnapshot | undefined => {
  const has = (property: string): boolean => Object.hasOwn(object.properties, property);
  const sent = Object.values(sources).every((source) => {
    const parsed = parseSource(source);
    return parsed?.objectType === object.objectType && has(parsed.property);
  });
  // Who a lead is about stands on its contact, which HubSpot does not send along.
  if (object.objectType === 'lead' || !sent || !has(OWNER_PROPERTY)) return undefined;
  const ref = { connectionId: connection.id, objectType: object.objectType, recordId: object.objectId };
  const place = { appUrl, portalId: connection.externalId };
  return toSnapshot(ref, { [object.objectType]: object.properties }, sources, { place, closed: null });
};
