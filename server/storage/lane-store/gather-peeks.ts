import type { Found, LaneStore, Wanted } from '../../assignments/lane-store.ts';

type Peek = LaneStore['peek'];

/** The most keys of one look. */
const MOST = 200;

interface Waiting {
  readonly wanted: Wanted;
  readonly answer: PromiseWithResolvers<Found>;
}

interface Tenant {
  readonly waiting: Waiting[];
  looking: boolean;
}

/**
 * Looks for single leads that many ask for at the same moment, or while another look is under way, together: each gets
 * what all of them find. Hundreds of pushed events then cost one transaction and not hundreds.
 */
export const gatherPeeks = (peek: Peek): Peek => {
  const tenants = new Map<string, Tenant>();
  const look = async (tenantId: string, tenant: Tenant): Promise<void> => {
    tenant.looking = true;
    // What is asked within the same turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (tenant.waiting.length > 0) await answer(tenantId, tenant.waiting.splice(0, MOST), peek);
    tenants.delete(tenantId);
  };
  return (tenantId, wanted) => {
    if (!isOne(wanted)) return peek(tenantId, wanted);
    const tenant = tenants.get(tenantId) ?? { waiting: [], looking: false };
    tenants.set(tenantId, tenant);
    const waiting = { wanted, answer: Promise.withResolvers<Found>() };
    tenant.waiting.push(waiting);
    if (!tenant.looking) void look(tenantId, tenant);
    return waiting.answer.promise;
  };
};

/** Whether one lead is asked for, by its record or its assignment, and nothing else. */
const isOne = ({ requests, records, assignments, ...others }: Wanted): boolean =>
  requests.length === 0 && records.length + assignments.length === 1 && Object.keys(others).length === 0;

const answer = async (tenantId: string, asked: readonly Waiting[], peek: Peek): Promise<void> => {
  try {
    const found = await peek(tenantId, {
      requests: [],
      records: asked.flatMap(({ wanted }) => wanted.records),
      assignments: asked.flatMap(({ wanted }) => wanted.assignments),
    });
    for (const { answer } of asked) answer.resolve(found);
  } catch (error) {
    for (const { answer } of asked) answer.reject(error);
  }
};
