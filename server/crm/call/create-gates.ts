import { type BulkheadPolicy, bulkhead } from 'cockatiel';

/** Lets so many calls of one account run at once; the others wait for their turn, in order. */
export const createGates = (atOnce: number) => {
  const gates = new Map<string, BulkheadPolicy>();
  return <T>(accountId: string, work: () => Promise<T>): Promise<T> => {
    const gate = gates.get(accountId) ?? bulkhead(atOnce, Number.MAX_SAFE_INTEGER);
    gates.set(accountId, gate);
    return gate.execute(work);
  };
};
