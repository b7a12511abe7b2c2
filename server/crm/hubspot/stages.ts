import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Clock } from '../../base/clock.ts';
import { ReadFailed } from '../failures.ts';
import type { CallHubspot } from './client.ts';
import { DEAL, isClosedStage, isQualifiedStage, PATHS } from './facts.ts';
import { pipelinesReply, readBody } from './shapes.ts';

type Connection = Pick<ConnectionInfo, 'id' | 'externalId'>;

/** What an account's lead pipelines say of a stage. */
export interface LeadStages {
  readonly closed: ReadonlySet<string>;
  /** Where a lead goes that was qualified, by pipeline. */
  readonly qualified: ReadonlyMap<string, string>;
}

export interface Stages {
  /** null: the account has no leads of HubSpot's own, or does not let the app see them. Throws AppError. */
  readonly leads: (connection: Connection) => Promise<LeadStages | null>;
  /** Where a new deal goes, as properties of it; none where the account does not say. */
  readonly firstDealStage: (connection: Connection) => Promise<Readonly<Record<string, string>>>;
  /** Stages in which a record is no open work; null: not known, or the type has none. */
  readonly closed: (connection: Connection, objectType: string) => Promise<ReadonlySet<string> | null>;
}

/** Pipelines are changed by hand and seldom. Milliseconds. */
const KEPT_MS = 3_600_000;

/** The stages of each account's lead pipelines, asked for once an hour. */
export const createStages = (call: CallHubspot, clock: Clock): Stages => {
  const known = new Map<string, { readonly stages: LeadStages | null; readonly until: number }>();
  const leads: Stages['leads'] = async (connection) => {
    const kept = known.get(connection.id);
    if (kept !== undefined && clock.now() < kept.until) return kept.stages;
    const stages = await readStages(call, connection);
    known.set(connection.id, { stages, until: clock.now() + KEPT_MS });
    return stages;
  };
  return {
    leads,
    firstDealStage: async (connection) => {
      const reply = await call(connection, {
        method: 'GET',
        path: PATHS.pipelines('deal'),
        purpose: 'delivery',
      });
      const [pipeline] = readBody(pipelinesReply, reply).results.filter(({ archived }) => !archived);
      const [stage] = pipeline?.stages ?? [];
      return pipeline && stage ? { [DEAL.pipeline]: pipeline.id, [DEAL.stage]: stage.id } : {};
    },
    closed: async (connection, objectType) => {
      if (objectType !== 'lead') return null;
      try {
        return (await leads(connection))?.closed ?? null;
      } catch (error) {
        // Whether a stage is open is no reason to fail a read.
        if (error instanceof ReadFailed) return null;
        throw error;
      }
    },
  };
};

const readStages = async (call: CallHubspot, connection: Connection): Promise<LeadStages | null> => {
  const reply = await call(connection, { method: 'GET', path: PATHS.pipelines('lead'), purpose: 'read' });
  // Without the scope or the edition there are no leads to speak of.
  if (reply.status === 403 || reply.status === 404 || reply.status === 400) return null;
  const pipelines = readBody(pipelinesReply, reply).results.filter(({ archived }) => !archived);
  if (pipelines.length === 0) return null;
  return {
    closed: new Set(
      pipelines.flatMap(({ stages }) => stages.filter((stage) => isClosedStage(stage)).map(({ id }) => id)),
    ),
    qualified: new Map(
      pipelines.flatMap(({ id, stages }) => {
        const stage = stages.find((one) => isQualifiedStage(one));
        return stage ? [[id, stage.id] as const] : [];
      }),
    ),
  };
};
