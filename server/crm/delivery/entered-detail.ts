import type { DeliveryResult, EnteredRecord } from '../../assignments/ports.ts';

/** A record that was entered, as the detail of its delivery: whoever is told later is told the same. */
export const enteredResult = ({ record, existed, ownerId, about }: EnteredRecord): DeliveryResult => ({
  outcome: 'done',
  detail: {
    objectType: record.objectType,
    recordId: record.recordId,
    ...(existed && { existed: 'yes' }),
    ...(ownerId !== null && { ownerId }),
    ...(about && { aboutType: about.objectType, aboutId: about.recordId }),
  },
});

/** null: nothing was entered, and nothing needs to be. */
export const enteredIn = (
  connectionId: string,
  detail: Readonly<Record<string, string>> = {},
): EnteredRecord | null => {
  const { objectType, recordId, existed, ownerId, aboutType, aboutId } = detail;
  if (objectType === undefined || recordId === undefined) return null;
  return {
    record: { connectionId, objectType, recordId },
    existed: existed === 'yes',
    ownerId: ownerId ?? null,
    ...(aboutType !== undefined &&
      aboutId !== undefined && { about: { connectionId, objectType: aboutType, recordId: aboutId } }),
  };
};
