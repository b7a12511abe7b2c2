import type { DeliveryResult } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { Written } from '../bisect.ts';
import type { TaskWords } from './task-words.ts';

/** An owner, a reason, or both, to be written on a record. */
export interface RecordWrite {
  readonly deliveryId: string;
  readonly attempts: number;
  readonly record: RecordRef;
  readonly decision: DecisionView;
  /** null: only the reason is written. */
  readonly ownerId: string | null;
  /** Whether an earlier write of ours may have left a note on the record. */
  readonly mayBeNoted: boolean;
  /** Owners that may be replaced: the one seen at the decision, and those we put there ourselves. */
  readonly replaceable: readonly (string | null)[];
}

/** A task to stand on a record, once. */
export interface TaskWrite {
  readonly deliveryId: string;
  readonly record: RecordRef;
  readonly decision: DecisionView;
  readonly ownerId: string;
  /** The day it is due where its owner is, `2026-11-24`. */
  readonly dueOn: string;
  readonly words: TaskWords;
  /** An earlier try may have made it: look first. */
  readonly mayExist: boolean;
}

/** How a record was found just before it is written. `decisionId`: of the reason that stands on it, where it has fields for one. */
export interface FoundRecord {
  readonly ownerId: string | null;
  readonly decisionId: string | null;
}

export type Planned =
  /** `owner_stands`: there is nothing to write on the record itself. */
  { readonly step: 'write' | 'owner_stands' } | { readonly step: 'end'; readonly result: DeliveryResult };

export const DONE: DeliveryResult = { outcome: 'done' };

/** What is to be done about a record that is no more. `vendor`: its name as people write it. */
export const recordGone = (vendor: string) =>
  ({
    outcome: 'refused',
    code: 'record_gone',
    remedy: `The record is no longer in ${vendor}: nothing needs to be done.`,
  }) as const;

/**
 * What to do with a record as it was found. An owner who is neither the expected one nor ours is somebody's choice and
 * stays. `fields`: whether the record has fields for the reason.
 */
export const planWrite = (
  write: RecordWrite,
  found: FoundRecord | null,
  { fields, vendor }: { readonly fields: boolean; readonly vendor: string },
): Planned => {
  if (found === null) return { step: 'end', result: recordGone(vendor) };
  const { ownerId } = found;
  if (write.ownerId !== null && ownerId !== write.ownerId && !write.replaceable.includes(ownerId))
    return { step: 'end', result: { outcome: 'overtaken', ownerId } };
  const ownerStands = write.ownerId === null || ownerId === write.ownerId;
  if (!fields) return { step: ownerStands ? 'owner_stands' : 'write' };
  // Our own write of an earlier try, or of a process that died before it could say so.
  const reasonStands = found.decisionId === write.decision.id;
  return ownerStands && reasonStands ? { step: 'end', result: DONE } : { step: 'write' };
};

/** What is left to be written: an owner who stands is not written again, which could go over a choice made since. */
export const leftToWrite = (write: RecordWrite, found: FoundRecord | null): RecordWrite =>
  found !== null && found.ownerId === write.ownerId ? { ...write, ownerId: null } : write;

/** Whether a write was refused for one of these fields, by name. */
export const refusesField = (outcome: Written, names: Readonly<Record<string, string>>): boolean =>
  outcome.kind === 'refused' && Object.values(names).some((name) => outcome.remedy.includes(name));

/** How a write ended, and then what goes beside it: where that is refused for good the owner stands all the same. */
export const withBeside = (
  result: DeliveryResult,
  beside: 'note' | 'decisionRecord',
  outcome: Written | undefined,
): DeliveryResult => {
  if (outcome === undefined || outcome.kind === 'written') return result;
  return outcome.kind === 'refused'
    ? { outcome: 'done', detail: { [beside]: outcome.code } }
    : asResult(outcome);
};

/** An outcome as the runner takes it. */
export const asResult = (outcome: Written): DeliveryResult => {
  switch (outcome.kind) {
    case 'written':
      return DONE;
    case 'unknown':
      return { outcome: 'retry', afterMs: null, code: 'unknown_outcome' };
    case 'retry':
      return { outcome: 'retry', afterMs: outcome.afterMs, code: outcome.code };
    case 'refused':
      return { outcome: 'refused', code: outcome.code, remedy: outcome.remedy };
    default:
      return outcome satisfies never;
  }
};
