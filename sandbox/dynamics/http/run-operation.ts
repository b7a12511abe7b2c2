import { DynamicsError } from '../errors.ts';
import { transact } from '../rows/transaction.ts';
import { dispatch } from './dispatch.ts';
import type { Operation, Reply } from './operation.ts';

/** What an operation costs of the combined execution time, so that large batches show in it. Milliseconds. */
const COST = { read: 20, write: 80 } as const;

/** What is counted of an operation: `PATCH leads`. */
export const kindOf = ({ method, path }: Operation): string => {
  const [set = path] = path.split('(', 1);
  const action = /\/([\w.]+)$/.exec(path)?.[1];
  return [method, set, action].filter(Boolean).join(' ');
};

/** One operation as a transaction of its own. A refusal is a reply. */
export const runOperation = (operation: Operation): Reply => {
  const { api, actor, method } = operation;
  api.stats.countPart(kindOf(operation));
  api.limits.spend(actor.userId, COST[method === 'GET' ? 'read' : 'write']);
  try {
    return transact(api.environment, actor, (tx) => dispatch(operation, tx));
  } catch (error) {
    if (!(error instanceof DynamicsError)) throw error;
    return { status: error.status, headers: error.headers, body: error.body };
  }
};
