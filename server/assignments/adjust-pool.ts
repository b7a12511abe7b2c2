import { creditPosting, skipPosting } from '../routing/ledger/adjust.ts';
import type { Weighted } from '../routing/ledger/posting.ts';
import { phaseOf } from '../routing/ledger/shares.ts';
import type { Posting } from '../routing/state.ts';
import type { LaneItem, Lanes } from './lane.ts';
import { balanceOf } from './lane-memory.ts';
import type { LaneSession } from './lane-session.ts';
import { mayAdjust } from './permissions.ts';
import { poolWeights, sharers } from './pool-weights.ts';
import { append } from './post.ts';
import type { StoredAdjustment } from './stored.ts';
import type { AdjustReply, RequestKey, UseCases } from './use-cases.ts';

type AdjustPool = Parameters<UseCases['adjustPool']>[0];
type Refusal = Extract<AdjustReply, { ok: false }>;

/**
 * An admin, or a manager of the rep, credits or debits a pool's member, or has their next turn passed once. It is
 * written down with who did it and why, and never changed: whoever was wrong makes another.
 */
export const adjustPool =
  (lanes: Lanes): UseCases['adjustPool'] =>
  (command) =>
    lanes.submit(command.tenantId, adjustItem(command));

const adjustItem = (command: AdjustPool): LaneItem<AdjustReply> => {
  const request = keyOf(command.request);
  return {
    kind: 'adjust_pool',
    wanted: request === null ? {} : { adjustments: [request] },
    apply: (session) => {
      const before = request === null ? undefined : session.adjustedBy(request);
      return before === undefined ? adjust(session, command, request) : { ok: true, id: before };
    },
  };
};

/** A request's key as adjustments keep it. */
const keyOf = (request: RequestKey | undefined): string | null =>
  request === undefined ? null : `${request.endpoint} ${request.key}`;

const adjust = (session: LaneSession, command: AdjustPool, request: string | null): AdjustReply => {
  const refused = refusal(session, command);
  if (refused !== null) return { ok: false, code: refused };
  const id = session.newId('adj');
  const posting = postingOf(session, command, id);
  if (posting === null) return { ok: false, code: 'no_other_members' };
  session.changes.adjustments.push({ id, ...written(command), request });
  append(session, {
    decisionId: null,
    assignmentId: null,
    adjustmentId: id,
    kind: 'adjustment',
    at: session.now,
    posting,
  });
  return { ok: true, id };
};

const refusal = (session: LaneSession, command: AdjustPool): Refusal['code'] | null => {
  const { poolId, repId, adjustment, by } = command;
  const pool = session.memory.compiled?.pool(poolId);
  if (pool === undefined) return 'unknown_pool';
  if (!poolWeights(session, poolId).has(repId)) return 'not_a_member';
  if (!mayAdjust(by, repId, session.memory.roster.reps)) return 'not_allowed';
  if (adjustment.kind === 'credit') return adjustment.amount === 0 ? 'nothing_to_change' : null;
  if (adjustment.skip === 'lose' && pool.method === 'longest_waiting') return 'goes_by_time';
  const pending = balanceOf(session.memory.state, poolId, repId).skip ?? null;
  return pending === adjustment.skip ? 'nothing_to_change' : null;
};

/** null: there is nobody to give or get what is credited. */
const postingOf = (
  session: LaneSession,
  { poolId, repId, adjustment }: AdjustPool,
  id: string,
): Posting | null => {
  if (adjustment.kind === 'skip') {
    const pending = balanceOf(session.memory.state, poolId, repId).skip ?? null;
    return skipPosting(poolId, repId, pending, adjustment.skip);
  }
  const others: readonly Weighted[] = sharers(session, poolId).filter(({ rep }) => rep !== repId);
  const credited = { rep: repId, amount: adjustment.amount };
  return others.length === 0 ? null : creditPosting(poolId, credited, others, phaseOf(id));
};

const written = ({
  poolId,
  repId,
  adjustment,
  reason,
  by,
}: AdjustPool): Omit<StoredAdjustment, 'id' | 'request'> => {
  const base = { pool: poolId, rep: repId, assignmentId: null, by: by.name, reason };
  if (adjustment.kind === 'skip') return { ...base, kind: 'skip', amount: 0, skip: adjustment.skip };
  const kind = adjustment.amount > 0 ? 'credit' : 'debit';
  return { ...base, kind, amount: adjustment.amount, skip: null };
};
