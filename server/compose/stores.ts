import { randomUUID } from 'node:crypto';
import { createAuditLog } from '../assignments/audit/audit-log.ts';
import type { Clock } from '../base/clock.ts';
import { makeNewId, type NewId } from '../base/ids.ts';
import { createAlertStore } from '../storage/alert-store.ts';
import { createAuditStore } from '../storage/audit-store.ts';
import { createDeliveryStore } from '../storage/delivery-store/create-delivery-store.ts';
import { createLeases } from '../storage/delivery-store/leases.ts';
import { createApiKeys } from '../storage/directory/api-keys.ts';
import { createComparisons } from '../storage/directory/comparisons.ts';
import { createConnectionStore } from '../storage/directory/connections.ts';
import { createInstallStore } from '../storage/directory/installs.ts';
import { createKnownPeople } from '../storage/directory/known-people.ts';
import { createLaneSettings } from '../storage/directory/lane-settings.ts';
import { createNoReps } from '../storage/directory/no-reps.ts';
import { createOffboardings } from '../storage/directory/offboardings.ts';
import { createOrgCredentials } from '../storage/directory/org-credentials.ts';
import { createPeople } from '../storage/directory/people.ts';
import { createPeopleBook } from '../storage/directory/people-book.ts';
import { createPolicies } from '../storage/directory/policies.ts';
import { createPolicyDrafts } from '../storage/directory/policy-drafts.ts';
import { createPollMarks } from '../storage/directory/poll-marks.ts';
import { createRepAway } from '../storage/directory/rep-away.ts';
import { createRepIdentities } from '../storage/directory/rep-identities.ts';
import { createReps } from '../storage/directory/reps.ts';
import { createSealedStore } from '../storage/directory/sealed-values.ts';
import { createSessions } from '../storage/directory/sessions.ts';
import { createSignInStore } from '../storage/directory/sign-ins.ts';
import { createTenants } from '../storage/directory/tenants.ts';
import { createInboxStore } from '../storage/inbox-store.ts';
import { createLaneStore } from '../storage/lane-store/create-lane-store.ts';
import { gatherPeeks } from '../storage/lane-store/gather-peeks.ts';
import { createKeptData } from '../storage/lifecycle/create-kept-data.ts';
import { createWorkspaces } from '../storage/lifecycle/create-workspaces.ts';
import { createHomeStore } from '../storage/slack-store/create-home-store.ts';
import { createSlackStore } from '../storage/slack-store/create-slack-store.ts';
import type { Storage } from '../storage/storage.ts';
import { recordStatuses } from './record-statuses.ts';

/** Everything that is kept. `clock`: stands for the database's, in tests. */
export const createStores = (storage: Storage, clock: Clock | undefined) => {
  const newId: NewId = makeNewId();
  const lane = createLaneStore(storage, clock === undefined ? {} : { clock });
  const audit = createAuditLog(createAuditStore(storage));
  return {
    newId,
    alerts: createAlertStore(storage, newId),
    away: createRepAway(storage, newId),
    apiKeys: createApiKeys(storage, newId),
    audit,
    cards: createSlackStore(storage),
    connections: recordStatuses(createConnectionStore(storage), audit),
    comparisons: createComparisons(storage),
    deliveries: createDeliveryStore(storage),
    homes: createHomeStore(storage),
    identities: createRepIdentities(storage),
    inbox: createInboxStore(storage),
    installs: createInstallStore(storage),
    knownPeople: createKnownPeople(storage),
    kept: createKeptData(storage),
    lane: { ...lane, peek: gatherPeeks(lane.peek) },
    laneSettings: createLaneSettings(storage),
    leases: createLeases(storage, `${process.pid}-${randomUUID()}`),
    noReps: createNoReps(storage),
    offboardings: createOffboardings(storage),
    orgCredentials: createOrgCredentials(storage),
    people: createPeople(storage, newId),
    peopleBook: createPeopleBook(storage, newId),
    policies: createPolicies(storage),
    policyDrafts: createPolicyDrafts(storage),
    pollMarks: createPollMarks(storage),
    reps: createReps(storage),
    sealed: createSealedStore(storage),
    sessions: createSessions(storage),
    signIns: createSignInStore(storage),
    tenants: createTenants(storage),
    workspaces: createWorkspaces(storage),
  };
};

export type Stores = ReturnType<typeof createStores>;
