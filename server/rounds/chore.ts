import type { ConnectionInfo } from '../assignments/ports.ts';
import type { Connector } from '../crm/connector.ts';

/** Something done for each connection again and again, by one process at a time. */
export interface Chore {
  /** In the log, and part of the lease's name: `look`. */
  readonly name: string;
  /** How long after it was last done it is due again; null: not for this connection. Milliseconds. */
  readonly everyMs: (connection: ConnectionInfo, connector: Connector) => number | null;
  readonly run: (connection: ConnectionInfo, connector: Connector) => Promise<void>;
  /** Due again this soon after it failed; absent: as after a success. Milliseconds. */
  readonly againMs?: number;
}

/** The connections in use, of every tenant. */
export type ActiveConnections = () => Promise<readonly ConnectionInfo[]>;
