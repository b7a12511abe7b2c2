import type { ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { Inbox } from '../inbox/create-inbox.ts';
import { createActivityQuestion } from '../rounds/ask-first-activity.ts';
import { createNativeQuestion } from '../rounds/ask-native-rules.ts';
import { createSourceCheck } from '../rounds/check-sources.ts';
import { createListener } from '../rounds/create-listener.ts';
import { createRounds } from '../rounds/create-rounds.ts';
import { createPushChore } from '../rounds/keep-pushes.ts';
import { createLook, LOOK } from '../rounds/look-for-changes.ts';
import { createOwnerWatch } from '../rounds/watch-owners.ts';
import { readOpenRecords } from '../storage/queries/open-records.ts';
import type { Storage } from '../storage/storage.ts';
import type { Vendors } from './connect-vendors.ts';
import type { Stores } from './stores.ts';

export interface RoundSurroundings {
  readonly storage: Storage;
  readonly stores: Stores;
  readonly vendors: Vendors;
  readonly useCases: UseCases;
  readonly inbox: Pick<Inbox, 'put'>;
  readonly clock: Clock;
  /** Absent: as often as the most frequent chore needs. Milliseconds. */
  readonly tickMs?: number;
  readonly onError: (error: unknown, what: string) => void;
}

/** A new connection is found this soon. Milliseconds. */
const LONGEST_TICK_MS = 5_000;

/** What is done for every connection by itself: the rounds, and the streams that vendors keep for us. */
export const joinRounds = (given: RoundSurroundings) => {
  const { storage, stores, vendors, useCases, inbox, clock, onError } = given;
  const { connectors, connectorOf, connections } = vendors;
  const { alerts, leases, policies, pollMarks: marks, lane: store } = stores;
  const { active } = connections;
  const chores = [
    createPushChore({ alerts }),
    createSourceCheck({ policies, alerts }),
    createLook({
      policies,
      marks,
      useCases,
      alerts,
      connection: connections.byId,
      streamed: (connectionId) => listener.tells(connectionId),
      openRecords: (connection: ConnectionInfo) => readOpenRecords(storage, connection),
      clock,
    }),
    createActivityQuestion({ store, useCases, clock }),
    createNativeQuestion({ store, useCases, alerts, clock }),
    createOwnerWatch({ comparisons: stores.comparisons, clock }),
  ];
  const tickMs =
    given.tickMs ?? Math.min(LONGEST_TICK_MS, ...connectors.map(({ changes }) => changes.everyMs));
  const rounds = createRounds({ active, connectorOf, chores, leases, marks, clock, tickMs, onError });
  const listener = createListener({
    active,
    connectorOf,
    policies,
    leases,
    marks,
    inbox,
    alerts,
    lookNow: (connectionId) => rounds.doNow(LOOK, connectionId),
    random: Math.random,
    onError,
  });
  return {
    start: (): void => {
      rounds.start();
      if (connectors.some(({ stream }) => stream !== undefined)) listener.start();
    },
    /** Resolves once what is in hand is done, and what was heard is kept. */
    stop: async (): Promise<void> => {
      await Promise.all([listener.stop(), rounds.stop()]);
    },
  };
};
