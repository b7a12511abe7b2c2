import type { ClientBase, QueryResult } from 'pg';
import { AppError } from '../../base/app-error.ts';
import { run, type Statement } from './statement.ts';

/** One transaction's use of a client. After its end nothing gets through, for the client is somebody else's then. */
export interface Session {
  readonly run: (statement: Statement) => Promise<QueryResult>;
  readonly end: () => void;
  readonly ended: () => boolean;
}

const over = (): AppError =>
  new AppError(
    'transaction_over',
    'The transaction is over: await every query inside the work that was given it.',
  );

export const createSession = (client: ClientBase): Session => {
  let ended = false;
  return {
    run: (statement) => (ended ? Promise.reject(over()) : run(client, statement)),
    end: () => {
      ended = true;
    },
    ended: () => ended,
  };
};
