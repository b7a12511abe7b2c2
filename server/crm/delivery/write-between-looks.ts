import type { DeliveryResult } from '../../assignments/ports.ts';
import type { Written } from '../bisect.ts';
import {
  asResult,
  DONE,
  type FoundRecord,
  leftToWrite,
  type Planned,
  planWrite,
  type RecordWrite,
  refusesField,
} from './record-write.ts';

type Found = ReadonlyMap<string, FoundRecord>;
type Outcomes = ReadonlyMap<string, Written>;

/** How a CRM looks at records of one object type, and writes onto them. */
interface Ways {
  /** Its name as people write it. */
  readonly vendor: string;
  /** Whether its records have fields for the reason. */
  readonly fields: boolean;
  /** Records that can be written, as they are now, by id; with their reason or only with their owner. */
  readonly look: (writes: readonly RecordWrite[], reason: boolean) => Promise<Found>;
  /** Whether nothing of the account's own runs on our writes: then one that succeeded need not be looked at again. */
  readonly undisturbed: boolean;
  /** One outcome for each, in order. */
  readonly write: (writes: readonly RecordWrite[]) => Promise<readonly Written[]>;
  readonly reasonFields: Readonly<Record<string, string>>;
  /** A field was changed, removed, or hidden from our user: at the next try the fields are looked for again. */
  readonly forgetFields: () => void;
}

/** What was to be done with a record, and what became of it. */
export interface Ended {
  readonly plan: Planned;
  readonly result: DeliveryResult;
}

/**
 * Writes where the CRM cannot make a write depend on what it replaces. Each record is looked at first: an owner that is
 * neither the expected one nor ours is somebody's choice and stays. Owners are looked at again afterwards, where a write
 * ended in doubt or the account's own automation may have put another one there: that is kept too, and told. In order.
 */
export const writeBetweenLooks = async (
  writes: readonly RecordWrite[],
  ways: Ways,
): Promise<readonly Ended[]> => {
  const before = await ways.look(writes, ways.fields);
  const plans = writes.map((write) => planWrite(write, before.get(write.record.recordId) ?? null, ways));
  const toWrite = writes.filter((_, index) => plans[index]?.step === 'write');
  const left = toWrite.map((one) => leftToWrite(one, before.get(one.record.recordId) ?? null));
  const written = await write(left, ways);
  const after = await lookAfter(toWrite, before, written, ways);
  return writes.map((each, index) => {
    const plan = plans[index]!;
    return { plan, result: resultOf(each, plan, written, after) };
  });
};

const AGAIN: Written = { kind: 'retry', code: 'reason_field_missing', afterMs: null };

const write = async (writes: readonly RecordWrite[], ways: Ways): Promise<Outcomes> => {
  const outcomes = await ways.write(writes);
  const lacksField = (outcome: Written) => refusesField(outcome, ways.reasonFields);
  if (outcomes.some(lacksField)) ways.forgetFields();
  return new Map(
    writes.map(({ deliveryId }, index) => {
      const outcome = outcomes[index] ?? { kind: 'unknown' };
      return [deliveryId, lacksField(outcome) ? AGAIN : outcome];
    }),
  );
};

/** The owners after a write that changed them, or that ended in doubt. */
const lookAfter = async (
  writes: readonly RecordWrite[],
  before: Found,
  written: Outcomes,
  ways: Ways,
): Promise<Found> => {
  const changed = writes.filter(({ deliveryId, ownerId, record }) => {
    const { kind } = written.get(deliveryId) ?? { kind: 'unknown' };
    const wasOther = before.get(record.recordId)?.ownerId !== ownerId;
    const mayBeOther = kind === 'written' && wasOther && !ways.undisturbed;
    return ownerId !== null && (kind === 'unknown' || mayBeOther);
  });
  return changed.length === 0 ? new Map() : ways.look(changed, false);
};

const resultOf = (
  { deliveryId, ownerId, record }: RecordWrite,
  plan: Planned,
  written: Outcomes,
  now: Found,
): DeliveryResult => {
  if (plan.step === 'end') return plan.result;
  if (plan.step === 'owner_stands') return DONE;
  const outcome = written.get(deliveryId) ?? { kind: 'unknown' };
  const after = now.get(record.recordId);
  if (after === undefined) return asResult(outcome);
  if (after.ownerId === ownerId) return DONE;
  return outcome.kind === 'written' ? { outcome: 'overtaken', ownerId: after.ownerId } : asResult(outcome);
};
