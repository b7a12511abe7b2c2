import { makeNewId } from '../../server/base/ids.ts';
import type { Statement, Storage } from '../../server/storage/storage.ts';
import { contactRef, openLaneWorld } from '../../test/support/lane-world.ts';
import { PAYLOAD, POLICY, REP_IDS } from './workload.ts';

/** Leads in a group: what the lane takes at most. */
export const GROUP = 50;

/** One transaction of the lane as it went to the database: what it looked up, then what it wrote with the commit. */
export interface RecordedGroup {
  readonly tenantId: string;
  readonly lookedUp: readonly Statement[];
  readonly written: readonly Statement[];
}

/** Marks keys that differ from lead to lead, so that a replay can make new ones. */
const KEY = /bench-lead-\d+/g;
const ID = /\b(led|snp|asg|dec|dlv)_[0-9a-z]{26}/g;

/** Decides one group of leads through the use cases on a fresh database and keeps the statements that it took. */
export const recordGroup = async (storage: Storage): Promise<RecordedGroup> => {
  let last: RecordedGroup | null = null;
  const recording: Storage = {
    ...storage,
    withTenant: (tenantId, work) =>
      storage.withTenant(tenantId, (trx, tx) => {
        const lookedUp: Statement[] = [];
        return work(trx, {
          pipeline: (statements) => {
            lookedUp.push(...statements);
            return tx.pipeline(statements);
          },
          commit: (written) => {
            last = { tenantId, lookedUp, written };
            return tx.commit(written);
          },
        });
      }),
  };
  const world = await openLaneWorld(recording, {
    reps: REP_IDS.map((id) => ({ id, teams: ['all'] })),
    withoutSlack: REP_IDS,
    policy: POLICY,
  });
  // The first group also reads the policy and the reps; the second is as all that follow.
  for (const start of [0, GROUP]) {
    const leads = Array.from({ length: GROUP }, (_, i) => decide(world, `bench-lead-${start + i}`));
    await Promise.all(leads);
  }
  if (last === null || world.groups.at(-1) !== GROUP) throw new Error('The leads did not go in one group.');
  return last;
};

const decide = (world: Awaited<ReturnType<typeof openLaneWorld>>, key: string): Promise<unknown> => {
  const ref = contactRef(key);
  const person = {
    name: `${PAYLOAD.firstname} ${PAYLOAD.lastname}`,
    company: PAYLOAD.company ?? null,
    email: PAYLOAD.email ?? null,
    phone: PAYLOAD.phone ?? null,
    source: PAYLOAD.hs_latest_source ?? null,
    message: PAYLOAD.message ?? null,
    url: `https://app.hubspot.com/contacts/4711001/record/0-1/${key}`,
  };
  const raw = { country: PAYLOAD.country!, employees: PAYLOAD.numemployees!, stage: PAYLOAD.lifecyclestage! };
  return world.contact(key, {
    request: { endpoint: 'hubspot/actions/assign-lead/con_hubspot', key },
    snapshot: { ref, raw, person, ownerId: null, gone: null },
  });
};

const newId = makeNewId();

/** The same group for leads nobody has seen: every id and key is another, every instant is now. */
export const renamed = (group: RecordedGroup, number: number): RecordedGroup => {
  const ids = new Map<string, string>();
  const rename = (text: string): string =>
    text
      .replace(ID, (id, prefix: 'led') => {
        const known = ids.get(id) ?? newId(prefix);
        ids.set(id, known);
        return known;
      })
      .replace(KEY, (key) => `${key}-${number}`);
  const fresh = ({ sql, parameters }: Statement): Statement => ({
    sql,
    parameters: parameters.map((value) =>
      typeof value === 'string' ? rename(value) : value instanceof Date ? new Date() : value,
    ),
  });
  return { ...group, lookedUp: group.lookedUp.map(fresh), written: group.written.map(fresh) };
};
