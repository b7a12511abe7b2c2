import type { Context } from '@slack/bolt';
import type { Logger } from 'pino';
import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import type { Queries } from '../../server/assignments/queries.ts';
import type { SlackHomes, SlackMessages } from '../../server/assignments/slack-ports.ts';
import type { UseCases } from '../../server/assignments/use-cases.ts';
import type { Clock } from '../../server/base/clock.ts';
import type { SlackClients } from '../clients.ts';
import type { SlackConnections } from '../ports.ts';

/** What listeners work with. */
export interface ListenerParts {
  readonly useCases: Pick<UseCases, 'claim' | 'decline' | 'setAway'>;
  readonly queries: Pick<Queries, 'offerCard' | 'repHome'>;
  readonly connections: SlackConnections;
  readonly messages: Pick<SlackMessages, 'find'>;
  readonly homes: SlackHomes;
  readonly clients: SlackClients;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The workspace a request came from, as `authorize` found it. */
export const connectionOf = (context: Context): ConnectionInfo => context.connection as ConnectionInfo;

const ID = /^[a-z]{2,5}_[0-9a-z]{1,64}$/;

/** An assignment id from a button or a modal, or null: nothing else is trusted of what comes back. */
export const assignmentIdOf = (value: unknown): string | null =>
  typeof value === 'string' && ID.test(value) ? value : null;
