import { sql } from 'kysely';
import type { DecisionPage, Queries } from '../../assignments/queries.ts';
import type { Clock } from '../../base/clock.ts';
import { oneAtATime } from '../../base/one-at-a-time.ts';
import type { Storage, Trx } from '../storage.ts';
import { selectDecisions } from './decision-rows.ts';
import { createOverviewCounts } from './overview-counts.ts';
import { readAdjustments } from './read-adjustments.ts';
import { readChanges, readCursor } from './read-changes.ts';
import { readEntering, readGiven } from './read-entering.ts';
import { readExplanation } from './read-explanation.ts';
import { readFairness, readLags } from './read-fairness.ts';
import { readLedger } from './read-ledger.ts';
import { readLooker } from './read-looker.ts';
import { readOfferCard } from './read-offer-card.ts';
import { type OverviewParts, readOverview } from './read-overview.ts';
import { readRecordCard } from './read-record-card.ts';
import { readRepHome } from './read-rep-home.ts';
import { readSlaNotice } from './read-slas.ts';
import { readWhyNot } from './read-why-not.ts';
import { createTenantReads } from './tenant-reads.ts';
import { summaryOf, viewRow, viewRows } from './view-row.ts';

export interface QueryParts extends Omit<OverviewParts, 'reads'> {
  readonly storage: Storage;
  readonly clock: Clock;
}

/** Reads for people and programs, in the tenant's rows. */
export const createQueries = ({ storage, clock, availabilities }: QueryParts): Queries => {
  const reads = createTenantReads();
  const counts = createOverviewCounts(storage);
  return {
    decision: (tenantId, decisionId) =>
      storage.withTenant(tenantId, async (trx) => {
        const rows = await selectDecisions(trx, tenantId, sql`d.id = ${decisionId}`, 1);
        return (await viewRows(trx, tenantId, rows, reads, viewRow))[0] ?? null;
      }),
    decisionsById: (tenantId, decisionIds) =>
      storage.withTenant(tenantId, async (trx) => {
        const named = sql`d.id = any(${decisionIds})`;
        const rows = await selectDecisions(trx, tenantId, named, decisionIds.length);
        const views = await viewRows(trx, tenantId, rows, reads, viewRow);
        return new Map(views.map((view) => [view.id, view]));
      }),
    decisions: (tenantId, page) =>
      storage.withTenant(tenantId, async (trx) => {
        const rows = await selectPage(trx, tenantId, page);
        const shown = rows.slice(0, page.limit);
        const items = await viewRows(trx, tenantId, shown, reads, summaryOf);
        return { items, next: rows.length > page.limit ? String(shown.at(-1)?.seq) : null };
      }),
    explanation: (tenantId, decisionId) =>
      storage.withTenant(tenantId, (trx) =>
        readExplanation(trx, tenantId, decisionId, { reads, now: clock.now() }),
      ),
    whyNot: (tenantId, decisionId, repId) =>
      storage.withTenant(tenantId, (trx, tx) =>
        readWhyNot({ trx, tx, tenantId, decisionId, repId, reads, availabilities }),
      ),
    offerCard: (tenantId, assignmentId, repId) =>
      storage.withTenant(tenantId, (trx) => readOfferCard(trx, tenantId, assignmentId, repId, reads)),
    slaNotice: (tenantId, { assignmentId, clockId, repId }) =>
      storage.withTenant(tenantId, async (trx) => {
        const card = await readOfferCard(trx, tenantId, assignmentId, repId, reads);
        if (card === null) return null;
        const { reps } = await reads.roster(trx, tenantId);
        return readSlaNotice(trx, tenantId, clockId, card, (rep) => reps.get(rep)?.rep.name ?? rep);
      }),
    looker: (connection, userId) =>
      storage.withTenant(connection.tenantId, (trx) => readLooker(trx, connection, userId)),
    recordCard: (tenantId, asked) =>
      storage.withTenant(tenantId, (trx) => readRecordCard(trx, tenantId, asked, reads, clock.now())),
    repHome: (tenantId, repId) =>
      storage.withTenant(tenantId, (trx) =>
        readRepHome(trx, tenantId, repId, clock.now(), { reads, availabilities }),
      ),
    adjustments: (tenantId, asked) =>
      storage.withTenant(tenantId, (trx) => readAdjustments(trx, tenantId, asked, reads)),
    overview: oneAtATime(async (tenantId) => {
      // In transactions of its own: the first count after a start reads a day.
      const minutes = await counts.decisions(tenantId, clock.now());
      return storage.withTenant(tenantId, (trx) =>
        readOverview(trx, tenantId, clock.now(), { reads, availabilities, counts, minutes }),
      );
    }),
    poolFairness: (tenantId, poolId) => readFairness(storage, tenantId, poolId, reads),
    poolLags: (tenantId, poolId) => readLags(storage, tenantId, poolId, reads),
    poolEntries: (tenantId, poolId) => readLedger(storage, tenantId, poolId),
    leadsToEnter: (connection, leadIds) =>
      storage.withTenant(connection.tenantId, (trx) => readEntering(trx, connection, leadIds, reads)),
    valuesGiven: (connection, snapshotIds) =>
      storage.withTenant(connection.tenantId, (trx) => readGiven(trx, connection, snapshotIds, reads)),
    changes: (tenantId, since, limit) =>
      storage.withTenant(tenantId, async (trx) => {
        if (since === null) return { items: [], cursor: await readCursor(trx, tenantId) };
        const { rows, cursor } = await readChanges(trx, tenantId, since, limit);
        return { items: await viewRows(trx, tenantId, rows, reads, summaryOf), cursor };
      }),
  };
};

/** One row more than the page holds says whether another page follows. */
const selectPage = (trx: Trx, tenantId: string, { limit, after, since, record }: DecisionPage) => {
  const before = after === null ? sql`true` : sql`d.seq < ${cursorOf(after)}`;
  const later = since === undefined ? sql`true` : sql`d.seq > ${since}`;
  const about =
    record === undefined
      ? sql`true`
      : sql`d.lead_id = any(array(select lead_id from lead_record where tenant_id = ${tenantId}
          and connection_id = ${record.connectionId} and object_type = ${record.objectType} and record_id = ${record.recordId}))`;
  return selectDecisions(trx, tenantId, sql`${before} and ${later} and ${about}`, limit + 1);
};

/** A cursor nobody gave finds nothing. */
const cursorOf = (after: string): number => (/^\d{1,15}$/.test(after) ? Number(after) : 0);
