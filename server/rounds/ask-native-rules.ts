import type { LaneStore, OutsideChange } from '../assignments/lane-store.ts';
import type { Alerts, ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { Connector, NativeDecision } from '../crm/connector.ts';
import type { Chore } from './chore.ts';
import { tellNativeRules } from './tell-native-rules.ts';

interface NativeParts {
  readonly store: Pick<LaneStore, 'outsideChanges' | 'nativeRules'>;
  readonly alerts: Pick<Alerts, 'open' | 'close'>;
  readonly useCases: Pick<UseCases, 'nativeRule'>;
  readonly clock: Clock;
}

const EVERY_MS = 120_000;
/** What the CRM does not tell of by then was somebody's choice. Milliseconds. */
const LONGEST_AGO_MS = 3_600_000;
/** How much earlier than the lead was given a rule may have run, for slow writes and two clocks. Milliseconds. */
const GRACE_MS = 60_000;
/** A rule that gave the lead to nobody is believed by then: another may still run. Milliseconds. */
const SETTLED_MS = 300_000;
/** Changes of one connection asked about in one look, the latest first. */
const MOST = 1_000;

/**
 * Asks CRMs whether an assignment rule of their own made the changes of owner that were followed, and tells an
 * administrator of rules that give away what is routed here. Nothing is asked while there is no such change.
 */
export const createNativeQuestion = (parts: NativeParts): Chore => ({
  name: 'native',
  everyMs: (_, { nativeDecisions }) => (nativeDecisions === undefined ? null : EVERY_MS),
  run: async (connection, connector) => {
    await explain(connection, connector, parts);
    await tellNativeRules(connection, connector.name, parts);
  },
});

const explain = async (connection: ConnectionInfo, connector: Connector, parts: NativeParts) => {
  const { id: connectionId, tenantId } = connection;
  const now = parts.clock.now();
  const asked = { connectionId, after: now - LONGEST_AGO_MS, limit: MOST };
  const changes = await parts.store.outsideChanges(tenantId, asked);
  if (changes.length === 0) return;
  const wanted = changes.map(({ ref, since }) => ({ ref, since: since - GRACE_MS }));
  const found = (await connector.nativeDecisions?.(connection, wanted)) ?? [];
  await Promise.all(
    changes.map(async (change, index) => {
      const run = explanationOf(change, found[index] ?? [], now);
      if (run === undefined) return;
      await parts.useCases.nativeRule({
        tenantId,
        assignmentId: change.assignmentId,
        change: change.change,
        connectionId,
        crm: connector.name,
        rule: run.rule,
        code: run.outcome,
        ownerId: run.ownerId,
      });
    }),
  );
};

/** The rule that gave the lead to its owner; else, after a while, the last that could not give it to anybody. */
const explanationOf = (
  { ownerId, at }: OutsideChange,
  runs: readonly NativeDecision[],
  now: number,
): NativeDecision | undefined =>
  runs.find((run) => run.outcome === 'owner_assigned' && run.ownerId === ownerId) ??
  (now - at < SETTLED_MS
    ? undefined
    : runs.find(({ outcome }) => outcome !== 'owner_assigned' && outcome !== 'in_progress'));
