import { createSlackDirectory } from '../../slack/directory.ts';
import { confirmPeople, readPeople } from '../assignments/first-steps/confirm-people.ts';
import { goLive } from '../assignments/first-steps/go-live.ts';
import { proposeFirstPolicy } from '../assignments/first-steps/propose-first-policy.ts';
import { readComparison } from '../assignments/first-steps/read-comparison.ts';
import { readSteps } from '../assignments/first-steps/read-steps.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { FirstSteps } from '../http/ports.ts';
import { createReadWorkspace } from '../storage/queries/read-workspace.ts';
import type { Storage } from '../storage/storage.ts';
import type { Vendors } from './connect-vendors.ts';
import { poolLogs } from './pool-logs.ts';
import type { Stores } from './stores.ts';
import { createTestConnection } from './test-connection.ts';

interface Around {
  readonly storage: Storage;
  readonly stores: Stores;
  readonly vendors: Vendors;
  readonly useCases: UseCases;
  readonly clock: Clock;
}

/** From an account that was just connected to leads that are given. */
export const createFirstSteps = ({ storage, stores, vendors, useCases, clock }: Around): FirstSteps => {
  const { reps, noReps, comparisons, knownPeople: people, policies } = stores;
  const { now } = clock;
  const { putReps, publishPolicy, setMode, publishing } = useCases;
  const peopleParts = { people, noReps, reps, putReps, now };
  const found = readPeople(peopleParts);
  const workspace = createReadWorkspace(storage);
  const connections = vendors.connections.list;
  const test = createTestConnection({
    connectorOf: vendors.connectorOf,
    slackClients: vendors.slackClients,
    slackDirectory: createSlackDirectory(vendors.slackClients),
  });
  return {
    steps: readSteps({ connections, people, found, comparisons, workspace }),
    people: found,
    confirmPeople: confirmPeople(peopleParts),
    proposePolicy: proposeFirstPolicy({
      connections,
      reps,
      workspace,
      publishing,
      found,
      parse: poolLogs.parse,
    }),
    comparison: readComparison({ comparisons, people, reps, policies, now }),
    goLive: goLive({ policies, texts: poolLogs, publishPolicy, setMode }),
    test,
  };
};
