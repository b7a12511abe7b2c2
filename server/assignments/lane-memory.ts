import type { CompiledPolicy } from '../routing/decide/compiled-policy.ts';
import { NEW_BALANCE } from '../routing/ledger/balance.ts';
import type { Policy } from '../routing/policy/schema.ts';
import type { RoutingState } from '../routing/state.ts';
import type { Availabilities, OfferEnds } from './availabilities.ts';
import type { LaneRow, LaneTransaction, StoredState } from './lane-store.ts';
import { compileLive, type ReadPolicy, readPolicy } from './live-policy.ts';
import { noLoad } from './rep-load.ts';
import { createRepStates, type RepStates } from './rep-states.ts';
import { buildRoster, type Roster } from './roster.ts';
import type { RepLoad, StoredBalance } from './stored.ts';

/** What of a tenant is kept in the process between transactions. Each part stands for the version beside it. */
export interface LaneMemory {
  readonly policyVersion: number;
  readonly rosterVersion: number;
  readonly connections: string;
  /** Raised as the lane itself writes. */
  stateVersion: number;
  readonly read: ReadPolicy | null;
  /** null: nothing is published. */
  readonly compiled: CompiledPolicy | null;
  readonly roster: Roster;
  readonly state: LaneState;
  readonly reps: RepStates;
  readonly offerEnds: OfferEnds;
}

/** Balances and loads, changed in place as the lane writes. Given up when a transaction fails. */
export interface LaneState {
  readonly balances: Map<string, Map<string, StoredBalance>>;
  readonly loads: Map<string, RepLoad>;
}

/** When reps work and offers end, for a policy's defaults (zone, hours). */
export interface Hours {
  readonly availabilities: (policy: Policy | null) => Availabilities;
  readonly offerEnds: (policy: Policy | null) => OfferEnds;
}

const NO_BALANCE: StoredBalance = Object.freeze({ ...NEW_BALANCE, received: 0 });

/** Brings the memory up to what the locked row says, reading only what somebody else has changed. */
export const refreshMemory = async (
  before: LaneMemory | null,
  { lane, readPolicy: load, readRoster, readState }: LaneTransaction,
  hours: Hours,
): Promise<LaneMemory> => {
  if (before !== null && isCurrent(before, lane)) return before;
  const policyStands = before !== null && before.policyVersion === lane.policyVersion;
  const rosterStands =
    before !== null && before.rosterVersion === lane.rosterVersion && before.connections === lane.connections;
  const stateStands = before !== null && before.stateVersion === lane.stateVersion;
  const read = policyStands
    ? before.read
    : lane.policyVersion === 0
      ? null
      : readPolicy(await load(lane.policyVersion));
  const roster = rosterStands ? before.roster : buildRoster(await readRoster());
  const state = stateStands ? before.state : toState(await readState());
  const compiled =
    policyStands && rosterStands ? before.compiled : read === null ? null : compileLive(read, repsOf(roster));
  const policy = compiled?.policy ?? null;
  const loads = (id: string) => loadOf(state, id);
  const availabilityOf = hours.availabilities(policy);
  return {
    policyVersion: lane.policyVersion,
    rosterVersion: lane.rosterVersion,
    connections: lane.connections,
    stateVersion: lane.stateVersion,
    read,
    compiled,
    roster,
    state,
    reps: createRepStates(roster, policy?.timezone ?? 'UTC', availabilityOf, loads),
    offerEnds: hours.offerEnds(policy),
  };
};

const isCurrent = (memory: LaneMemory, lane: LaneRow): boolean =>
  memory.policyVersion === lane.policyVersion &&
  memory.rosterVersion === lane.rosterVersion &&
  memory.connections === lane.connections &&
  memory.stateVersion === lane.stateVersion;

const repsOf = (roster: Roster) => [...roster.reps.values()].map(({ rep }) => rep);

const toState = ({ balances, loads }: StoredState): LaneState => {
  const state: LaneState = { balances: new Map(), loads: new Map(loads.map((load) => [load.repId, load])) };
  for (const { pool, rep, balance } of balances) balancesOf(state, pool).set(rep, balance);
  return state;
};

export const balancesOf = (state: LaneState, pool: string): Map<string, StoredBalance> => {
  const known = state.balances.get(pool) ?? new Map<string, StoredBalance>();
  state.balances.set(pool, known);
  return known;
};

export const balanceOf = (state: LaneState, pool: string, rep: string): StoredBalance =>
  state.balances.get(pool)?.get(rep) ?? NO_BALANCE;

export const loadOf = (state: LaneState, rep: string): RepLoad => state.loads.get(rep) ?? noLoad(rep);

/** Version of the time zone data of this process. */
const ZONES = process.versions.tz ?? 'unknown';

/** The tenant's state as a decision reads it. */
export const routingState = (memory: LaneMemory, now: number): RoutingState => ({
  zones: ZONES,
  rep: (id) => memory.reps.at(id, now),
  balance: (pool, rep) => balanceOf(memory.state, pool, rep),
  team: memory.roster.team,
  repNamed: memory.roster.repNamed,
});
