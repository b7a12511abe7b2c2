import type { ConnectionInfo } from '../ports.ts';
import type { FoundPeople } from './found-people.ts';
import type { Comparisons, KnownPeople, ReadWorkspace } from './ports.ts';

/** How far a workspace is with its first steps, worked out from what is there. */
export interface Steps {
  readonly crms: readonly StepConnection[];
  readonly slack: readonly StepConnection[];
  readonly people: {
    readonly reps: number;
    /** Found in the CRMs, and nobody said whether they take leads. */
    readonly unsaid: number;
    readonly gone: number;
    /** Reps whom a message in Slack reaches. */
    readonly reachable: number;
  };
  /** The live policy's version; 0: none. */
  readonly policyVersion: number;
  readonly mode: 'live' | 'log_only';
  readonly decided: boolean;
  /** Leads whose decision is compared with their owner. */
  readonly compared: number;
}

export interface StepConnection {
  readonly id: string;
  readonly vendor: ConnectionInfo['vendor'];
  readonly name: string;
  readonly status: ConnectionInfo['status'];
}

export interface StepsParts {
  readonly connections: (tenantId: string) => Promise<readonly ConnectionInfo[]>;
  readonly people: KnownPeople;
  readonly found: (tenantId: string) => Promise<FoundPeople>;
  readonly comparisons: Pick<Comparisons, 'count'>;
  readonly workspace: ReadWorkspace;
}

/** Reads how far a workspace is. */
export const readSteps =
  (parts: StepsParts) =>
  async (tenantId: string): Promise<Steps> => {
    const connections = (await parts.connections(tenantId))
      .filter(({ status }) => status !== 'disconnected')
      .map(({ id, vendor, name, status }) => ({ id, vendor, name, status }));
    const known = await parts.people.list(tenantId);
    const found = await parts.found(tenantId);
    const { policyVersion, mode, decided } = await parts.workspace(tenantId);
    const inSlack = known.flatMap(({ vendor, repId }) =>
      vendor === 'slack' && repId !== null ? [repId] : [],
    );
    return {
      crms: connections.filter(({ vendor }) => vendor !== 'slack'),
      slack: connections.filter(({ vendor }) => vendor === 'slack'),
      people: {
        reps: found.reps,
        unsaid: found.people.filter(({ state }) => state === 'new').length,
        gone: found.gone.length,
        reachable: new Set(inSlack).size,
      },
      policyVersion,
      mode,
      decided,
      compared: await parts.comparisons.count(tenantId),
    };
  };
