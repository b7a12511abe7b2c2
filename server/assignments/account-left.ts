import { isGone } from './account-status.ts';
import { close } from './close.ts';
import { type DecideParts, decideLeadWith } from './decide-leads.ts';
import type { LaneItem, Lanes } from './lane.ts';
import type { LaneMemory } from './lane-memory.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import { recountOpenWork } from './recount-open-work.ts';
import type { UseCases } from './use-cases.ts';

/** Leads that one item ends: a group of items shares a transaction. */
const ENDED_TOGETHER = 20;

interface Parts {
  readonly lanes: Lanes;
  readonly store: LaneStore;
}

/**
 * An account was disconnected: nothing is known of its records any more, so leads that stand there alone end here, and
 * what was counted there is nobody's work. Done twice, the second time changes nothing.
 */
export const accountLeft =
  (parts: Parts): UseCases['accountLeft'] =>
  async ({ tenantId, connectionId }) => {
    const ids = await parts.store.accountLeads(tenantId, connectionId);
    for (let from = 0; from < ids.length; from += ENDED_TOGETHER) {
      const assignments = ids.slice(from, from + ENDED_TOGETHER);
      await parts.lanes.submit(tenantId, {
        kind: 'account_left',
        wanted: { assignments },
        apply: (session) => {
          for (const id of assignments) end(session, session.byAssignment(id));
        },
      });
    }
    await recountOpenWork(parts)({ tenantId, connectionId, open: {} });
    return { ended: ids.length };
  };

const end = (session: LaneSession, file: LeadFile | undefined): void => {
  if (file === undefined || file.assignment.closedAt !== null) return;
  // Connected again meanwhile, or the lead has come to stand on a record elsewhere.
  const { connections } = session.memory.roster;
  const stands = file.records.some(({ connectionId }) => {
    const connection = connections.get(connectionId);
    return connection !== undefined && connection.status !== 'disconnected';
  });
  if (!stands) close(session, file, 'disconnected');
};

/**
 * An account is connected again: leads that ended with nobody because it was disconnected are decided like new ones.
 * Those that somebody had are theirs.
 */
export const accountBack =
  (parts: DecideParts & Parts): UseCases['accountBack'] =>
  async ({ tenantId, connectionId }) => {
    // At its turn the lane sees the account as it is now, and so does what is read next.
    const { roster, read } = await parts.lanes.submit(tenantId, NOW);
    const connection = roster.connections.get(connectionId);
    if (read === null || connection === undefined || isGone(connection)) return;
    for (const record of await parts.store.leftRecords(tenantId, connectionId))
      await decideLeadWith(parts, { tenantId, source: 'again', record }, false);
  };

const NOW: LaneItem<LaneMemory> = { kind: 'account_back', wanted: {}, apply: ({ memory }) => memory };
