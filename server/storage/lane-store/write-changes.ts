import type { LaneChanges, LaneRow } from '../../assignments/lane-store.ts';
import type { Why } from '../../assignments/lifecycle/forget-leads.ts';
import type { Statement } from '../storage.ts';
import { type StatementName, statement } from './statements.ts';
import {
  adjustmentRow,
  alertRow,
  assignmentRow,
  balanceRow,
  clockRow,
  decisionRow,
  deliveryRow,
  entryRow,
  eventRow,
  intentRow,
  loadRow,
  recordRow,
  replyRow,
  snapshotRow,
} from './to-rows.ts';

/** The versions a transaction leaves behind. */
export type LaneVersions = Pick<LaneRow, 'stateVersion' | 'rosterVersion'>;

/** The statements that write what a transaction changed, in an order that every constraint allows. */
export const writeChanges = (
  tenantId: string,
  now: number,
  changes: LaneChanges,
  versions: LaneVersions,
): readonly Statement[] => {
  const statements: Statement[] = [];
  const at = new Date(now);
  const write = (name: StatementName, rows: readonly unknown[], stamped = true): void => {
    if (rows.length === 0) return;
    const json = JSON.stringify(rows);
    statements.push(stamped ? statement(name, tenantId, at, json) : statement(name, tenantId, json));
  };
  const { leads } = changes;
  write(
    'write-leads',
    leads.map(({ id }) => ({ id })),
  );
  write('write-lead-records', changes.records.map(recordRow), false);
  write('write-snapshots', changes.snapshots.map(snapshotRow));
  write('write-assignments', closedFirst(changes).map(assignmentRow), false);
  write('write-clocks', [...changes.clocks.values()].map(clockRow), false);
  if (changes.decisions.length > 0) statements.push(decisionsStatement(tenantId, at, changes.decisions));
  write('write-events', changes.events.map(eventRow));
  write('write-adjustments', changes.adjustments.map(adjustmentRow));
  write('write-entries', changes.entries.map(entryRow));
  write('write-balances', [...changes.balances.values()].map(balanceRow), false);
  write('write-loads', [...changes.loads.values()].map(loadRow), false);
  write('write-replies', changes.replies.map(replyRow));
  write('supersede-cards', [...changes.superseded]);
  write('write-deliveries', changes.deliveries.map(deliveryRow));
  write('write-intents', changes.intents.map(intentRow));
  write('settle-alerts', [...changes.settled]);
  write('write-alerts', changes.alerts.map(alertRow));
  write('erase-leads', [...changes.erased]);
  write('write-erasures', [...changes.erasures.values()].map(erasureRow));
  write('mark-unreachable', changes.unreachable.map(unreachableRow), false);
  write('write-moves', changes.moves.map(moveRow), false);
  write('wake-homes', changes.homes.map(homeRow));
  statements.push(laneStatement(tenantId, at, changes, versions));
  return statements;
};

/** The long documents travel as lines of text: within the rows' JSON they would be read twice. */
const decisionsStatement = (tenantId: string, at: Date, decisions: LaneChanges['decisions']): Statement => {
  const lines = (documents: readonly unknown[]): string =>
    documents.map((document) => JSON.stringify(document)).join('\n');
  return statement(
    'write-decisions',
    tenantId,
    at,
    JSON.stringify(decisions.map(decisionRow)),
    lines(decisions.map(({ result }) => result)),
    lines(decisions.map(({ inputs }) => inputs)),
  );
};

const erasureRow = ({ by, ...erasure }: Why & { readonly leads: number }) => ({ ...erasure, asked_by: by });

const unreachableRow = ({ connectionId, externalId, code }: LaneChanges['unreachable'][number]) => ({
  connection_id: connectionId,
  external_id: externalId,
  code,
});

const moveRow = ({ offboardingId, assignmentId, ...move }: LaneChanges['moves'][number]) => ({
  offboarding_id: offboardingId,
  assignment_id: assignmentId,
  ...move,
});

const homeRow = ({ deliveryId, repId, dueAt }: LaneChanges['homes'][number]) => ({
  delivery_id: deliveryId,
  rep_id: repId,
  due_at: dueAt,
});

/** A lead has one open assignment at most: the one that ends is written before the one that follows it. */
const closedFirst = ({ assignments }: LaneChanges) =>
  [...assignments.values()].sort((a, b) => Number(a.closedAt === null) - Number(b.closedAt === null));

const laneStatement = (
  tenantId: string,
  at: Date,
  { drainAt }: LaneChanges,
  versions: LaneVersions,
): Statement =>
  statement(
    'write-lane',
    tenantId,
    at,
    versions.stateVersion,
    versions.rosterVersion,
    drainAt !== undefined,
    drainAt === undefined || drainAt === null ? null : new Date(drainAt),
  );
