import type { DueWork, LaneStore, LaneTransaction } from '../../assignments/lane-store.ts';
import { AppError } from '../../base/app-error.ts';
import type { Clock } from '../../base/clock.ts';
import type { Pipeline, Storage } from '../storage.ts';
import { toLane, toRecords } from './from-rows.ts';
import { lookUp } from './look-up.ts';
import { readPolicy, readRoster, readState } from './read-known.ts';
import { statement } from './statements.ts';
import { writeChanges } from './write-changes.ts';

export interface LaneStoreOptions {
  /** Stands for the database's clock, in tests. The lane's time never goes back all the same. */
  readonly clock?: Clock;
}

/** The lane's tables: two round trips a transaction, whatever it does. */
export const createLaneStore = (storage: Storage, { clock }: LaneStoreOptions = {}): LaneStore => {
  const instantOf = (row: { now: Date; last_instant?: Date }): number =>
    clock === undefined ? row.now.getTime() : Math.max(clock.now(), row.last_instant?.getTime() ?? 0);
  return {
    transact: (tenantId, wanted, work) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const { statements, read } = lookUp(tenantId, wanted);
        const [locked, ...results] = await tx.pipeline([statement('lock-lane', tenantId), ...statements]);
        const row = locked!.rows[0];
        if (row === undefined) throw unknownTenant(tenantId);
        if (row.closing) throw closing();
        const transaction = open(tenantId, tx, {
          lane: toLane(row),
          now: instantOf(row),
          found: read(results),
        });
        const { changes, result } = await work(transaction);
        if (changes === null) return result;
        const { stateVersion, rosterVersion } = transaction.lane;
        const versions = {
          stateVersion: stateVersion + 1,
          rosterVersion: rosterVersion + (changes.unreachable.length > 0 ? 1 : 0),
        };
        await tx.commit(writeChanges(tenantId, transaction.now, changes, versions));
        return result;
      }),

    due: (tenantId, limit, stuckAfter) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const [lane] = await tx.pipeline([statement('read-clock', tenantId)]);
        const row = lane!.rows[0];
        if (row === undefined) throw unknownTenant(tenantId);
        const now = instantOf(row);
        if (row.closing) return nothingDue(now);
        const [due, rest] = await tx.commit([
          statement('find-due', tenantId, new Date(now), limit),
          statement('find-next-due', tenantId, new Date(now), new Date(now - stuckAfter)),
        ]);
        const { next_at, publish_at, offboarding, stuck } = rest!.rows[0];
        return {
          now,
          paused: row.paused,
          drainAt: row.drain_at?.getTime() ?? null,
          due: due!.rows.map((one): DueWork['due'][number] => ({
            assignmentId: one.id,
            version: one.version,
            records: toRecords(one.records),
            untouchedSince: one.untouched_since?.getTime() ?? null,
          })),
          stuck: stuck ?? [],
          offboarding,
          publishAt: publish_at?.getTime() ?? null,
          nextAt: next_at?.getTime() ?? null,
        };
      }),

    ownWork: (tenantId, connectionId) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const [counted] = await tx.commit([statement('count-own-work', tenantId, connectionId)]);
        return Object.fromEntries(counted!.rows.map((row) => [row.rep_id, row.open]));
      }),

    openOffers: (tenantId, repId) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const offeree = JSON.stringify([{ rep: repId }]);
        const [found] = await tx.commit([statement('find-open-offers', tenantId, offeree)]);
        return found!.rows.map((row) => row.id);
      }),

    runningClocks: (tenantId, repId) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const rep = repId === null ? null : JSON.stringify([repId]);
        const [found] = await tx.commit([statement('find-running-clocks', tenantId, rep)]);
        return found!.rows.map((row) => row.assignment_id);
      }),

    ownLeads: (tenantId, repId) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const [found] = await tx.commit([statement('find-own-leads', tenantId, repId)]);
        return found!.rows.map((row) => row.id);
      }),

    accountLeads: (tenantId, connectionId) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const [found] = await tx.commit([statement('find-account-leads', tenantId, connectionId)]);
        return found!.rows.map((row) => row.id);
      }),

    leftRecords: (tenantId, connectionId) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const [found] = await tx.commit([statement('find-left-records', tenantId, connectionId)]);
        return found!.rows.map((row) => ({
          connectionId,
          objectType: row.object_type,
          recordId: row.record_id,
        }));
      }),

    accountPeople: (tenantId, { domains, companies, but }) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const lists = [JSON.stringify(domains), JSON.stringify(companies)];
        const [found] = await tx.commit([statement('find-account-people', tenantId, ...lists, but)]);
        return found!.rows.map((row) => ({ repId: row.rep_id, domain: row.domain, company: row.company }));
      }),

    untouched: (tenantId, { connectionId, after, limit }) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const asked = statement('find-untouched', tenantId, connectionId, new Date(after), limit);
        const [found] = await tx.commit([asked]);
        return found!.rows.map((row) => ({
          assignmentId: row.id,
          ref: { connectionId, objectType: row.object_type, recordId: row.record_id },
          since: row.at.getTime(),
        }));
      }),

    outsideChanges: (tenantId, { connectionId, after, limit }) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const asked = statement('find-outside-changes', tenantId, connectionId, new Date(after), limit);
        const [found] = await tx.commit([asked]);
        return found!.rows.map((row) => ({
          change: row.seq,
          assignmentId: row.assignment_id,
          ref: { connectionId, objectType: row.object_type, recordId: row.record_id },
          ownerId: row.owner_id,
          at: row.at.getTime(),
          since: row.since.getTime(),
        }));
      }),

    nativeRules: (tenantId, { connectionId, after }) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const asked = statement('find-native-rules', tenantId, connectionId, new Date(after));
        const [found] = await tx.commit([asked]);
        return found!.rows.map(({ rule, leads }) => ({ rule, leads }));
      }),

    peek: (tenantId, wanted) =>
      storage.withTenant(tenantId, async (_trx, tx) => {
        const { statements, read } = lookUp(tenantId, wanted);
        return read(await tx.commit(statements));
      }),
  };
};

const open = (
  tenantId: string,
  tx: Pipeline,
  opened: Pick<LaneTransaction, 'lane' | 'now' | 'found'>,
): LaneTransaction => ({
  ...opened,
  readPolicy: (version) => readPolicy(tx, tenantId, version),
  readRoster: () => readRoster(tx, tenantId),
  readState: () => readState(tx, tenantId),
});

/** Of a workspace that is to be deleted: nothing is done for it any more. */
const nothingDue = (now: number): DueWork => ({
  now,
  paused: true,
  drainAt: null,
  due: [],
  stuck: [],
  offboarding: false,
  publishAt: null,
  nextAt: null,
});

const closing = (): AppError =>
  new AppError(
    'workspace_closing',
    'This workspace is to be deleted, so nothing is decided or changed in it. An owner can take that back under Settings.',
    { status: 409 },
  );

const unknownTenant = (tenantId: string): AppError =>
  new AppError('unknown_tenant', `There is no tenant ${tenantId}.`, { status: 404 });
