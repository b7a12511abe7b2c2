import type { Away, TimeAway } from '../routing/availability/away.ts';
import { parseStoredReps } from '../routing/policy/parse-reps.ts';
import { repLookUp } from '../routing/policy/rep-names.ts';
import type { Rep } from '../routing/policy/schema.ts';
import { teamLookUp } from '../routing/policy/teams.ts';
import type { StoredConnection, StoredIdentity, StoredRoster } from './lane-store.ts';
import { withTerritories } from './territory-skill.ts';
import { type TimesOfRep, timesOfReps } from './times-of-reps.ts';

/** Where a message reaches a rep. */
export interface SlackAddress {
  readonly connectionId: string;
  readonly userId: string;
}

export interface RosterRep extends TimesOfRep {
  readonly rep: Rep;
  readonly active: boolean;
  readonly paused: boolean;
  /** Time off they set themselves: also in `timeOff`. */
  readonly away: Away | null;
  /** null: no message can reach them. */
  readonly slack: SlackAddress | null;
}

/** A tenant's reps and who they are in each connection. Made once per roster version. */
export interface Roster {
  readonly reps: ReadonlyMap<string, RosterRep>;
  readonly connections: ReadonlyMap<string, StoredConnection>;
  /** Where alerts go; null: no Slack workspace is connected. */
  readonly slackConnection: string | null;
  /** Rep ids of a team, in id order. */
  readonly team: (id: string) => readonly string[];
  /** The rep behind a CRM's owner id; null: an owner who is no rep. */
  readonly repOf: (connectionId: string, ownerId: string) => string | null;
  /** The rep of an id, an e-mail address, or an owner id in any CRM; null: nobody, or in two CRMs two. */
  readonly repNamed: (name: string) => string | null;
  /** A rep's owner id in a CRM; null: they have none there. */
  readonly ownerOf: (connectionId: string, repId: string) => string | null;
  /** The owner id of somebody, rep or not, by e-mail. */
  readonly ownerByEmail: (connectionId: string, email: string) => string | null;
  /** The owner id of a queue, by the name its CRM has for it. */
  readonly ownerByQueue: (connectionId: string, name: string) => string | null;
  /** Whether an owner is a queue: whoever's record that is, it is nobody's. */
  readonly isQueue: (connectionId: string, ownerId: string) => boolean;
  /** Names of everybody who stands in a queue, reps or not, by the name its CRM has for it. */
  readonly queueMembers: (connectionId: string, name: string) => readonly string[];
}

/** Reads a stored roster. Documents were checked when they were stored: one that cannot be read is a fault. */
export const buildRoster = (stored: StoredRoster): Roster => {
  const parsed = parseStoredReps(stored.reps.map(({ document }) => document));
  if (!parsed.ok)
    throw new Error(
      `The stored reps cannot be read: ${parsed.problems[0]?.field} ${parsed.problems[0]?.message}`,
    );
  const connections = new Map(stored.connections.map((connection) => [connection.id, connection]));
  const slack = slackAddresses(stored.identities, connections);
  const timesOf = timesOfReps(stored.identities, connections);
  const reps = new Map(
    withTerritories(parsed.reps, stored.identities).map((rep, i): [string, RosterRep] => {
      const { active, paused, away } = stored.reps[i]!;
      const { hours, timeOff } = timesOf(rep.id);
      const all = away === null ? timeOff : [inSlack(away), ...timeOff];
      return [rep.id, { rep, active, paused, away, slack: slack.get(rep.id) ?? null, hours, timeOff: all }];
    }),
  );
  return {
    reps,
    connections,
    slackConnection:
      stored.connections.find(({ vendor, status }) => vendor === 'slack' && status === 'active')?.id ?? null,
    team: teamLookUp(parsed.reps),
    repNamed: repsNamed(parsed.reps, stored.identities),
    ...ownersOf(stored.identities),
    ...queuesOf(stored.identities),
  };
};

/** Only ever switched on for now: it has begun, whatever the clocks of two machines say. */
const inSlack = ({ until }: Away): TimeAway => ({
  from: Number.NEGATIVE_INFINITY,
  to: until,
  source: 'slack',
});

const slackAddresses = (
  identities: readonly StoredIdentity[],
  connections: ReadonlyMap<string, StoredConnection>,
): ReadonlyMap<string, SlackAddress> => {
  const addresses = new Map<string, SlackAddress>();
  for (const { kind, repId, connectionId, externalId, details } of identities) {
    const connection = connections.get(connectionId);
    const reaches = connection?.vendor === 'slack' && connection.status === 'active';
    if (kind !== 'user' || repId === null || !reaches || details.unreachable !== undefined) continue;
    addresses.set(repId, { connectionId, userId: externalId });
  }
  return addresses;
};

const repsNamed = (reps: readonly Rep[], identities: readonly StoredIdentity[]): Roster['repNamed'] => {
  const find = repLookUp(reps);
  const byOwner = new Map<string, string | null>();
  for (const { kind, externalId, repId } of identities) {
    if (kind !== 'owner' || repId === null) continue;
    const known = byOwner.get(externalId);
    byOwner.set(externalId, known === undefined || known === repId ? repId : null);
  }
  return (name) => find(name) ?? byOwner.get(name.trim()) ?? null;
};

const ownersOf = (
  identities: readonly StoredIdentity[],
): Pick<Roster, 'repOf' | 'ownerOf' | 'ownerByEmail' | 'ownerByQueue'> => {
  const reps = new Map<string, string | null>();
  const owners = new Map<string, string>();
  const emails = new Map<string, string>();
  const queues = new Map<string, string>();
  for (const { kind, connectionId, externalId, repId, details } of identities) {
    if (kind !== 'owner') continue;
    reps.set(`${connectionId}\n${externalId}`, repId);
    if (repId !== null) owners.set(`${connectionId}\n${repId}`, externalId);
    if (details.email !== undefined)
      emails.set(`${connectionId}\n${details.email.toLowerCase()}`, externalId);
    if (details.queue) queues.set(`${connectionId}\n${details.queue.toLowerCase()}`, externalId);
  }
  return {
    repOf: (connectionId, ownerId) => reps.get(`${connectionId}\n${ownerId}`) ?? null,
    ownerOf: (connectionId, repId) => owners.get(`${connectionId}\n${repId}`) ?? null,
    ownerByQueue: (connectionId, name) => queues.get(`${connectionId}\n${name.toLowerCase()}`) ?? null,
    ownerByEmail: (connectionId, email) => emails.get(`${connectionId}\n${email.toLowerCase()}`) ?? null,
  };
};

const queuesOf = (identities: readonly StoredIdentity[]): Pick<Roster, 'isQueue' | 'queueMembers'> => {
  const owners = new Map<string, StoredIdentity>();
  const named = new Map<string, StoredIdentity>();
  for (const identity of identities) {
    const { kind, connectionId, externalId, details } = identity;
    if (kind !== 'owner') continue;
    owners.set(`${connectionId}\n${externalId}`, identity);
    if (details.queue) named.set(`${connectionId}\n${details.queue.toLowerCase()}`, identity);
  }
  return {
    isQueue: (connectionId, ownerId) => owners.get(`${connectionId}\n${ownerId}`)?.details.type === 'QUEUE',
    queueMembers: (connectionId, name) =>
      (named.get(`${connectionId}\n${name.toLowerCase()}`)?.details.members ?? []).map(
        (id) => owners.get(`${connectionId}\n${id}`)?.details.name ?? id,
      ),
  };
};
