import type {
  ConnectionInfo,
  Delivery,
  DeliveryKind,
  DeliveryResult,
  Sender,
} from '../../assignments/ports.ts';
import type { Queries } from '../../assignments/queries.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { Clock } from '../../base/clock.ts';
import { completeCallbacks } from './callbacks.ts';
import type { CallHubspot } from './client.ts';
import { makeEngagements } from './engagements.ts';
import { BATCH_LIMIT } from './facts.ts';
import { failureOfError } from './failures.ts';
import type { ReasonFields } from './reason-fields.ts';
import { asResult, type RecordWrite, writeRecords } from './record-writes.ts';

export interface HubspotSenderParts {
  readonly call: CallHubspot;
  readonly reasonFields: ReasonFields;
  /** What decisions say, for the reason on the record. */
  readonly decisionsById: Queries['decisionsById'];
  readonly clock: Clock;
}

type Of<K extends DeliveryKind> = Extract<Delivery, { kind: K }>;

/** A delivery with the decision it tells of. */
interface Told<D extends Delivery> {
  readonly delivery: D;
  readonly decision: DecisionView;
}

interface Sending {
  readonly parts: HubspotSenderParts;
  readonly connection: ConnectionInfo;
  readonly until: number;
}

const KINDS: ReadonlySet<DeliveryKind> = new Set(['owner_write', 'reason_write', 'task', 'callback']);

/** Sends owner writes, reasons, tasks and callback completions to HubSpot, a hundred at once. */
export const createHubspotSender = (parts: HubspotSenderParts): Sender => ({
  vendor: 'hubspot',
  batchSize: (kind) => (KINDS.has(kind) ? BATCH_LIMIT : 1),
  send: async (connection, deliveries, until) => {
    const results = new Map<string, DeliveryResult>();
    // Object types have endpoints of their own, so that each makes a batch.
    for (const group of Map.groupBy(deliveries, groupOf).values())
      for (const [id, result] of await sendGroup(group, { parts, connection, until }))
        results.set(id, result);
    return deliveries.map(
      ({ id }) => results.get(id) ?? { outcome: 'retry', afterMs: null, code: 'sender_failed' },
    );
  },
});

const groupOf = (delivery: Delivery): string =>
  'record' in delivery.body ? `${delivery.kind} ${delivery.body.record.objectType}` : delivery.kind;

const sendGroup = async (
  group: readonly Delivery[],
  sending: Sending,
): Promise<readonly (readonly [string, DeliveryResult])[]> => {
  const found = await tellAll(group, sending);
  const told = found.filter((one) => one !== null);
  const results = await settle(told, sending);
  const missing = group
    .filter((_, index) => found[index] === null)
    .map(({ id }) => [id, noDecision] as const);
  return [...told.map(({ delivery }, index) => [delivery.id, results[index] ?? failed] as const), ...missing];
};

const failed: DeliveryResult = { outcome: 'retry', afterMs: null, code: 'sender_failed' };
const noDecision: DeliveryResult = {
  outcome: 'refused',
  code: 'decision_missing',
  remedy: 'The decision to be told of is gone; nothing needs to be done.',
};

const tellAll = async (
  group: readonly Delivery[],
  { parts, connection }: Sending,
): Promise<readonly (Told<Delivery> | null)[]> => {
  const ids = group.flatMap(({ body }) => ('decisionId' in body ? body.decisionId : []));
  const views = await parts.decisionsById(connection.tenantId, [...new Set(ids)]);
  return group.map((delivery) => {
    const decision = 'decisionId' in delivery.body ? views.get(delivery.body.decisionId) : undefined;
    return decision ? { delivery, decision } : null;
  });
};

/** A failed look before the write fails the whole group, which is tried again. */
const settle = async (
  told: readonly Told<Delivery>[],
  sending: Sending,
): Promise<readonly DeliveryResult[]> => {
  try {
    return await dispatch(told, sending);
  } catch (error) {
    const failure = failureOfError(error);
    return told.map(() => asResult(failure));
  }
};

const dispatch = async (
  told: readonly Told<Delivery>[],
  sending: Sending,
): Promise<readonly DeliveryResult[]> => {
  const { parts, connection, until } = sending;
  const kind = told[0]?.delivery.kind;
  const ways = { call: parts.call, connection, until };
  switch (kind) {
    case undefined:
      return [];
    case 'owner_write':
    case 'reason_write':
      return writeRecords(told.map(toWrite), { ...ways, reasonFields: parts.reasonFields });
    case 'task':
      return (await makeEngagements((told as Told<Of<'task'>>[]).map(toTask), ways)).map(asResult);
    case 'callback': {
      const now = parts.clock.now();
      const callbacks = (told as Told<Of<'callback'>>[]).map(({ delivery, decision }) => ({
        callbackId: delivery.body.callbackId,
        decision,
        age: now - delivery.createdAt,
      }));
      return (await completeCallbacks(callbacks, ways)).map(asResult);
    }
    case 'slack_card':
    case 'slack_refresh':
    case 'slack_alert':
    case 'slack_reminder':
    case 'slack_home':
      throw new Error(`HubSpot takes no ${kind}.`);
    default:
      return kind satisfies never;
  }
};

const toWrite = ({ delivery, decision }: Told<Delivery>): RecordWrite => {
  const { id, attempts, ours } = delivery;
  const { body } = delivery as Of<'owner_write'> | Of<'reason_write'>;
  const owner = 'ownerId' in body ? body : null;
  return {
    deliveryId: id,
    attempts,
    record: body.record,
    decision,
    ownerId: owner?.ownerId ?? null,
    replaceable: [owner?.expectedOwnerId ?? null, ...(ours ?? [])],
  };
};

const toTask = ({ delivery, decision }: Told<Of<'task'>>) => ({
  deliveryId: delivery.id,
  record: delivery.body.record,
  decision,
  ownerId: delivery.body.ownerId,
  mayExist: delivery.attempts > 1,
});
