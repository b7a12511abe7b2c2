import { LEAD } from '../routing/ledger/shares.ts';
import { JUNK_WITHIN } from '../routing/policy/junk.ts';
import type { Lanes } from './lane.ts';
import { type LaneSession, type LeadFile, tell } from './lane-session.ts';
import { onceItem } from './once.ts';
import { mayAdjust } from './permissions.ts';
import { reverse, standingEntry } from './post.ts';
import type { JunkReply, UseCases } from './use-cases.ts';

/**
 * A lead was none. What its decision has posted is reversed whole, as though the lead had never come: whoever was charged
 * for it, even if somebody else has it now, gets the turn back.
 */
export const markJunk =
  (lanes: Lanes): UseCases['markJunk'] =>
  (command) =>
    lanes.submit(
      command.tenantId,
      onceItem<JunkReply>('mark_junk', command, { ok: false, code: 'not_found' }, (session, file) => {
        const charged = chargedFor(file);
        if (charged === null) return { ok: false, code: 'not_charged' };
        if (!mayAdjust(command.by, charged, session.memory.roster.reps))
          return { ok: false, code: 'not_allowed' };
        return giveTurnBack(session, file, { by: command.by.name, reason: command.reason });
      }),
    );

/** Whom the decision in force has charged, whether or not that was reversed since; null: nobody. */
const chargedFor = ({ entries }: LeadFile): string | null => {
  const charging = entries.findLast(({ kind }) => kind !== 'reversal');
  return Object.keys(charging?.posting.charged ?? {})[0] ?? null;
};

/** Who marks a lead as junk where nobody does. */
export const BY_POLICY = 'policy';

/** Gives the turn of a lead back that was none. `reason` null: nobody gave one. */
export const giveTurnBack = (
  session: LaneSession,
  file: LeadFile,
  { by, reason }: { readonly by: string; readonly reason: string | null },
): JunkReply => {
  const { state, id } = file.assignment;
  if (state !== 'assigned' && state !== 'closed') return { ok: false, code: 'not_assigned' };
  const rep = chargedFor(file);
  if (rep === null) return { ok: false, code: 'not_charged' };
  const standing = standingEntry(file);
  if (standing === undefined) return { ok: true, already: true };
  const within = session.memory.compiled?.policy.junk?.within ?? JUNK_WITHIN;
  if (session.now - standing.at > within) return { ok: false, code: 'too_late' };
  const adjustment = {
    id: session.newId('adj'),
    pool: standing.posting.pool,
    rep,
    kind: 'junk',
    amount: LEAD,
    skip: null,
    assignmentId: id,
    by,
    reason,
    request: null,
  } as const;
  session.changes.adjustments.push(adjustment);
  reverse(session, file, adjustment.id);
  tell(session, file, 'junk', rep, by === BY_POLICY ? {} : { by });
  return { ok: true, already: false };
};
