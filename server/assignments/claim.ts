import { fullCap } from '../routing/decide/capacity.ts';
import { postGiven, type Weighted } from '../routing/ledger/posting.ts';
import { phaseOf } from '../routing/ledger/shares.ts';
import { completeCallbacks, giveTo, refreshCards } from './deliveries.ts';
import type { LaneItem, Lanes } from './lane.ts';
import { balanceOf } from './lane-memory.ts';
import { change, type LaneSession, type LeadFile, tell } from './lane-session.ts';
import { onceItem } from './once.ts';
import { poolWeights } from './pool-weights.ts';
import { post } from './post.ts';
import { hold } from './slots.ts';
import type { StoredAssignment } from './stored.ts';
import type { ClaimReply, UseCases } from './use-cases.ts';
import { viewInForce } from './view-in-force.ts';

type Claim = Parameters<UseCases['claim']>[0];

/** A rep takes the lead that was offered to them. The first wins; the others are told who. */
export const claim =
  (lanes: Lanes): UseCases['claim'] =>
  (command) =>
    lanes.submit(command.tenantId, claimItem(command));

const claimItem = (command: Claim): LaneItem<ClaimReply> =>
  onceItem<ClaimReply>('claim', command, { ok: false, code: 'not_found' }, (session, file) => {
    const { state } = file.assignment;
    if (state === 'assigned') return claimedAlready(session, file, command.repId);
    if (state === 'closed') return { ok: false, code: 'closed' };
    return takeOffer(session, file, command.repId);
  });

const claimedAlready = (session: LaneSession, file: LeadFile, repId: string): ClaimReply => {
  const winner = file.assignment.repId;
  if (winner === repId) return { ok: true, already: true, decision: viewInForce(session.memory, file) };
  if (!wasAsked(file.assignment, repId)) return { ok: false, code: 'not_offered_to_you' };
  const name = winner === null ? '' : (session.memory.roster.reps.get(winner)?.rep.name ?? winner);
  return { ok: false, code: 'claimed_by_other', winner: { id: winner ?? '', name } };
};

const wasAsked = ({ offeredTo, history }: StoredAssignment, repId: string): boolean =>
  offeredTo.some(({ rep }) => rep === repId) ||
  history.missed.includes(repId) ||
  history.declined.includes(repId);

const takeOffer = (session: LaneSession, file: LeadFile, repId: string): ClaimReply => {
  const { assignment } = file;
  if (!assignment.offeredTo.some(({ rep }) => rep === repId))
    return { ok: false, code: wasAsked(assignment, repId) ? 'expired' : 'not_offered_to_you' };
  // The sweep may not have come by yet.
  if (assignment.dueKind === 'offer' && assignment.dueAt! <= session.now)
    return { ok: false, code: 'expired' };
  if (assignment.broadcast) {
    const rep = session.state.rep(repId);
    if (rep === undefined || fullCap(rep) !== null) return { ok: false, code: 'at_capacity' };
    chargeClaim(session, file, repId);
  }
  change(session, file, {
    state: 'assigned',
    repId,
    heldAt: assignment.broadcast ? hold(session, repId) : assignment.heldAt,
    dueAt: null,
    dueKind: null,
  });
  session.changes.superseded.add(assignment.id);
  tell(session, file, 'claimed', repId);
  giveTo(session, file, repId);
  refreshCards(session, file);
  completeCallbacks(session, file);
  return { ok: true, already: false, decision: viewInForce(session.memory, file) };
};

/** A broadcast is told to the ledger once it is claimed: everybody it was offered to is owed, the one who took it charged. */
const chargeClaim = (session: LaneSession, file: LeadFile, repId: string): void => {
  const { poolId } = file.assignment;
  if (poolId === null) return;
  const { lastAt } = balanceOf(session.memory.state, poolId, repId);
  const given = { pool: poolId, members: offerees(session, file, poolId), rep: repId };
  post(session, file, 'claim', postGiven(given, lastAt, phaseOf(file.id)));
};

const offerees = (session: LaneSession, file: LeadFile, poolId: string): readonly Weighted[] => {
  const weights = poolWeights(session, poolId);
  return file.assignment.offeredTo.map(({ rep }) => ({ rep, weight: weights.get(rep) ?? 1 }));
};
