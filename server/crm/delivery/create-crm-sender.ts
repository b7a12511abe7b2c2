import type {
  Bulk,
  ConnectionInfo,
  Delivery,
  DeliveryKind,
  DeliveryResult,
  Sender,
} from '../../assignments/ports.ts';
import type { Queries } from '../../assignments/queries.ts';
import type { Vendor } from '../../assignments/types.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { Clock } from '../../base/clock.ts';
import { failureOfError } from '../failures.ts';
import {
  CANNOT_ENTER,
  convertLeads,
  type EntryParts,
  enterLeads,
  FILLS_AT_ONCE,
  fillRecords,
} from './entry.ts';
import { asResult, type RecordWrite, type TaskWrite } from './record-write.ts';
import { taskWords } from './task-words.ts';

/** Where and until when (epoch ms) a batch is sent. */
export interface Sending {
  readonly connection: ConnectionInfo;
  readonly until: number;
}

/** A workflow action that is held until it hears of the decision. */
export interface Callback {
  readonly callbackId: string;
  readonly decision: DecisionView;
  /** How long ago the completion was asked for. Milliseconds. */
  readonly age: number;
}

type Send<Input> = (inputs: readonly Input[], sending: Sending) => Promise<readonly DeliveryResult[]>;

/** What one CRM can write: each a batch of one kind (and of one object type), one result per input, in order. */
export interface CrmWrites {
  readonly vendor: Vendor;
  readonly batchLimit: number;
  /** Batches of one account that may be sent side by side. */
  readonly atOnce: number;
  /** A way for thousands of owners: `most` at once, where more than `from` are due. Absent: there is none. */
  readonly bulk?: Bulk;
  readonly records: Send<RecordWrite>;
  readonly tasks: Send<TaskWrite>;
  /** Absent: the CRM holds no workflows for us. */
  readonly callbacks?: Send<Callback>;
}

export interface CrmSenderParts {
  /** What decisions say, for the reason on the record. */
  readonly decisionsById: Queries['decisionsById'];
  readonly clock: Clock;
  /** Absent: leads cannot enter the CRM. */
  readonly entry?: EntryParts;
}

type Of<K extends DeliveryKind> = Extract<Delivery, { kind: K }>;

/** A delivery with the decision it tells of. */
interface Told<D extends Delivery> {
  readonly delivery: D;
  readonly decision: DecisionView;
}

/** Sends owner writes, reasons, tasks and callback completions to one CRM, in its largest batches. */
export const createCrmSender = (writes: CrmWrites, parts: CrmSenderParts): Sender => ({
  vendor: writes.vendor,
  atOnce: writes.atOnce,
  batchSize: (kind) => batchSize(kind, writes, parts),
  bulk: (kind) => (kind === 'owner_write' ? (writes.bulk ?? null) : null),
  send: async (connection, deliveries, until) => {
    const results = new Map<string, DeliveryResult>();
    // Object types have endpoints of their own, so that each makes a batch.
    for (const group of Map.groupBy(deliveries, groupOf).values())
      for (const [id, result] of await sendGroup(group, writes, parts, { connection, until }))
        results.set(id, result);
    return deliveries.map(({ id }) => results.get(id) ?? FAILED);
  },
});

const batchSize = (kind: DeliveryKind, { batchLimit }: CrmWrites, { entry }: CrmSenderParts): number => {
  if (kind === 'fill') return FILLS_AT_ONCE;
  return kind === 'enter' || kind === 'convert' ? (entry?.ways.batchLimit ?? batchLimit) : batchLimit;
};

const groupOf = (delivery: Delivery): string =>
  delivery.kind !== 'fill' && 'record' in delivery.body
    ? `${delivery.kind} ${delivery.body.record.objectType}`
    : delivery.kind;

const sendGroup = async (
  group: readonly Delivery[],
  writes: CrmWrites,
  parts: CrmSenderParts,
  sending: Sending,
): Promise<readonly (readonly [string, DeliveryResult])[]> => {
  if (group[0]?.kind === 'enter' || group[0]?.kind === 'fill') return sendEntries(group, parts, sending);
  const found = await tellAll(group, parts, sending.connection.tenantId);
  const told = found.filter((one) => one !== null);
  const results = await orFailure(told.length, () => dispatch(told, writes, parts, sending));
  const missing = group
    .filter((_, index) => found[index] === null)
    .map(({ id }) => [id, NO_DECISION] as const);
  return [...told.map(({ delivery }, index) => [delivery.id, results[index] ?? FAILED] as const), ...missing];
};

/** What is entered and filled in is read from what is known of the lead now, not of one decision. */
const sendEntries = async (
  group: readonly Delivery[],
  { entry }: CrmSenderParts,
  sending: Sending,
): Promise<readonly (readonly [string, DeliveryResult])[]> => {
  const send = async (): Promise<readonly DeliveryResult[]> => {
    if (entry === undefined) return group.map(() => CANNOT_ENTER);
    return group[0]?.kind === 'enter'
      ? enterLeads(group as readonly Of<'enter'>[], entry, sending)
      : fillRecords(group as readonly Of<'fill'>[], entry, sending);
  };
  const results = await orFailure(group.length, send);
  return group.map(({ id }, index) => [id, results[index] ?? FAILED] as const);
};

const FAILED: DeliveryResult = { outcome: 'retry', afterMs: null, code: 'sender_failed' };
const NO_DECISION: DeliveryResult = {
  outcome: 'refused',
  code: 'decision_missing',
  remedy: 'The decision to be told of is gone; nothing needs to be done.',
};

const tellAll = async (
  group: readonly Delivery[],
  { decisionsById }: CrmSenderParts,
  tenantId: string,
): Promise<readonly (Told<Delivery> | null)[]> => {
  const ids = group.flatMap(({ body }) => ('decisionId' in body ? body.decisionId : []));
  const views = await decisionsById(tenantId, [...new Set(ids)]);
  return group.map((delivery) => {
    const decision = 'decisionId' in delivery.body ? views.get(delivery.body.decisionId) : undefined;
    return decision ? { delivery, decision } : null;
  });
};

/** A failed look before the write fails the whole group, which is tried again. */
const orFailure = async (
  count: number,
  send: () => Promise<readonly DeliveryResult[]>,
): Promise<readonly DeliveryResult[]> => {
  try {
    return await send();
  } catch (error) {
    const failure = failureOfError(error);
    return Array.from({ length: count }, () => asResult(failure));
  }
};

const dispatch = async (
  told: readonly Told<Delivery>[],
  writes: CrmWrites,
  { clock, entry }: CrmSenderParts,
  sending: Sending,
): Promise<readonly DeliveryResult[]> => {
  const kind = told[0]?.delivery.kind;
  switch (kind) {
    case undefined:
      return [];
    case 'owner_write':
    case 'reason_write':
      return writes.records(told.map(toWrite), sending);
    case 'task':
      return writes.tasks((told as Told<Of<'task'>>[]).map(toTask), sending);
    case 'callback': {
      const now = clock.now();
      const callbacks = (told as Told<Of<'callback'>>[]).map(({ delivery, decision }) => ({
        callbackId: delivery.body.callbackId,
        decision,
        age: now - delivery.createdAt,
      }));
      return writes.callbacks?.(callbacks, sending) ?? takesNone(writes.vendor, kind);
    }
    case 'convert':
      return convertLeads(
        (told as Told<Of<'convert'>>[]).map(({ delivery }) => delivery),
        entry,
        sending,
      );
    case 'enter':
    case 'fill':
    case 'slack_card':
    case 'slack_refresh':
    case 'slack_alert':
    case 'slack_reminder':
    case 'slack_sla':
    case 'slack_home':
      return takesNone(writes.vendor, kind);
    default:
      return kind satisfies never;
  }
};

const takesNone = (vendor: Vendor, kind: DeliveryKind): never => {
  throw new Error(`${vendor} takes no ${kind}.`);
};

const toWrite = ({ delivery, decision }: Told<Delivery>): RecordWrite => {
  const { id, attempts, ours, triedBefore } = delivery;
  const { body } = delivery as Of<'owner_write'> | Of<'reason_write'>;
  const owner = 'ownerId' in body ? body : null;
  return {
    deliveryId: id,
    attempts,
    record: body.record,
    decision,
    ownerId: owner?.ownerId ?? null,
    mayBeNoted: triedBefore ?? true,
    replaceable: [owner?.expectedOwnerId ?? null, ...(ours ?? []), ...(owner?.alsoOurs ?? [])],
  };
};

const toTask = ({ delivery, decision }: Told<Of<'task'>>): TaskWrite => ({
  deliveryId: delivery.id,
  record: delivery.body.record,
  decision,
  ownerId: delivery.body.ownerId,
  dueOn: delivery.body.dueOn ?? decision.decidedAt.slice(0, 10),
  words: taskWords(decision, delivery.body.sla),
  mayExist: delivery.attempts > 1,
});
