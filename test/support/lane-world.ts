import { createAvailabilities, createOfferEnds } from '../../server/assignments/availabilities.ts';
import type { ConnectedCrm } from '../../server/assignments/check-conversions.ts';
import {
  createUseCases,
  type LaneUseCases,
  type UseCaseParts,
} from '../../server/assignments/create-use-cases.ts';
import type {
  ActivityReader,
  Delivery,
  DeliveryBody,
  DeliveryEvents,
  EntryDoors,
  LaneObserver,
  RecordReader,
} from '../../server/assignments/ports.ts';
import { publishPolicy } from '../../server/assignments/publish-policy.ts';
import { putReps } from '../../server/assignments/put-reps.ts';
import type { LeadPerson, RecordRef, RecordSnapshot } from '../../server/assignments/types.ts';
import type { DecideLead, DecideReply } from '../../server/assignments/use-cases.ts';
import type { DecisionView } from '../../server/assignments/views.ts';
import { AppError } from '../../server/base/app-error.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createOffboardings } from '../../server/storage/directory/offboardings.ts';
import { createPolicies } from '../../server/storage/directory/policies.ts';
import { createRepIdentities } from '../../server/storage/directory/rep-identities.ts';
import { createReps } from '../../server/storage/directory/reps.ts';
import { createTenants } from '../../server/storage/directory/tenants.ts';
import { createLaneStore } from '../../server/storage/lane-store/create-lane-store.ts';
import { createKeptData } from '../../server/storage/lifecycle/create-kept-data.ts';
import type { Storage } from '../../server/storage/storage.ts';

export const TENANT = 'ten_lane';

/** A step that offers a lead of the pool `all` and has the queue `holding` keep it meanwhile. */
export const OFFER_MEANWHILE_HELD = {
  pool: 'all',
  give: 'offer',
  claimWithin: 'PT1H',
  clock: 'elapsed',
  meanwhile: { queue: 'holding' },
};
export const HUBSPOT = 'con_hubspot';
export const SALESFORCE = 'con_salesforce';
export const SLACK = 'con_slack';
/** A Tuesday, 10:00 in New York. */
export const TUESDAY = Date.parse('2026-11-24T15:00:00Z');

/** A rep of the world: everything of the directory's document but the e-mail, which follows from the id. */
export type WorldRep = { readonly id: string } & Readonly<Record<string, unknown>>;

export interface WorldOptions {
  readonly policy: Readonly<Record<string, unknown>>;
  readonly reps: readonly WorldRep[];
  /** Reps whom no message reaches. */
  readonly withoutSlack?: readonly string[];
  /** Which CRMs leads can enter; none, if left out. */
  readonly doors?: EntryDoors;
  /** What is known of the connected CRMs as a policy is published. */
  readonly crms?: readonly ConnectedCrm[];
  /** When leads were first worked on, asked of their CRM. */
  readonly activity?: ActivityReader;
  /** Instead of the records the test sets. */
  readonly reader?: RecordReader;
  /** Another start, in epoch milliseconds. */
  readonly now?: number;
}

/** A row of a table, as it stands. */
export type Row = Readonly<Record<string, unknown>>;

/** The use cases on a real database, between a CRM and a clock that the test moves. */
export interface LaneWorld {
  readonly useCases: LaneUseCases;
  /** What they were made of, for another process on the same tables. */
  readonly parts: UseCaseParts;
  readonly events: DeliveryEvents;
  readonly clock: { now: number };
  readonly crm: FakeCrm;
  readonly wakes: { readonly tenants: number[]; readonly senders: string[] };
  readonly failures: { readonly code: string; readonly error: unknown }[];
  /** How many items each committed transaction took. */
  readonly groups: number[];
  readonly publish: (policy: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly putReps: (reps: readonly WorldRep[]) => Promise<void>;
  readonly setLane: (settings: { mode?: 'live' | 'log_only'; paused?: boolean }) => Promise<void>;
  readonly rows: (sql: string) => Promise<readonly Row[]>;
  readonly assignments: () => Promise<readonly Row[]>;
  /** Pending deliveries of a kind, oldest first. */
  readonly deliveries: (kind: DeliveryBody['kind']) => Promise<readonly Delivery[]>;
  /** Takes pending deliveries of a kind off the queue and tells the use cases that they arrived. */
  readonly deliver: (kind: 'slack_card' | 'owner_write') => Promise<readonly Delivery[]>;
  /** Decides a lead without a record. */
  readonly lead: (
    fields?: Readonly<Record<string, unknown>>,
    more?: Partial<DecideLead>,
  ) => Promise<DecisionView>;
  /** Decides the lead of a contact in the CRM. */
  readonly contact: (id: string, more?: Partial<DecideLead>) => Promise<DecisionView>;
  /** Decides a lead of Salesforce, as its Apex asks. */
  readonly salesforce: (
    id: string,
    more?: Partial<DecideLead>,
  ) => Promise<Extract<DecideReply, { ok: true }>>;
  readonly sweep: () => Promise<number | null>;
}

export const contactRef = (recordId: string): RecordRef => ({
  connectionId: HUBSPOT,
  objectType: 'contact',
  recordId,
});
export const leadRef = (recordId: string): RecordRef => ({
  connectionId: SALESFORCE,
  objectType: 'lead',
  recordId,
});
export const ownerOf = (rep: string): string => `owner-${rep}`;
/** A rep's user id in Salesforce. */
export const userOf = (rep: string): string => `005-${rep}`;
/** The owner id of a queue in Salesforce, in which every rep stands. */
export const QUEUE = '00G-holding';
export const slackUserOf = (rep: string): string => `U-${rep}`;

const PERSON: LeadPerson = {
  name: 'Ada Example',
  company: 'Example',
  email: 'ada@example.com',
  phone: null,
  source: null,
  message: null,
  url: null,
};

/** Records that a test sets and reads are answered from. */
export const createFakeCrm = () => {
  const records = new Map<string, RecordSnapshot>();
  const crm = {
    reads: 0,
    /** Reads fail with this code until it is null again. */
    failing: null as string | null,
    /** Reads are refused, with these words, until a person does something. */
    refusing: null as string | null,
    put: (recordId: string, values: Partial<RecordSnapshot> = {}): void => {
      const before = records.get(recordId) ?? {
        ref: contactRef(recordId),
        raw: {},
        person: PERSON,
        ownerId: null,
        gone: null,
      };
      records.set(recordId, { ...before, ...values });
    },
    read: async ({ recordId }: RecordRef): Promise<RecordSnapshot> => {
      crm.reads++;
      if (crm.failing !== null)
        throw new AppError(crm.failing, 'The CRM does not answer.', { retryable: true });
      if (crm.refusing !== null) throw new AppError('crm_read_failed', crm.refusing);
      const record = records.get(recordId);
      if (record === undefined) throw new Error(`The test has no contact ${recordId}`);
      return record;
    },
  };
  return crm;
};
export type FakeCrm = ReturnType<typeof createFakeCrm>;

const NO_DOORS: EntryDoors = { enters: () => false, find: async () => null };

const NO_HOLIDAYS = () => new Set<string>();

/** Sets up a tenant with a HubSpot account, a Slack workspace, reps in both, and a live policy. */
export const openLaneWorld = async (storage: Storage, options: WorldOptions): Promise<LaneWorld> => {
  const clock = { now: options.now ?? TUESDAY };
  const crm = createFakeCrm();
  const wakes = { tenants: [] as number[], senders: [] as string[] };
  const failures: LaneWorld['failures'] = [];
  const groups: number[] = [];
  const jobs = {
    wakeTenant: async (_tenantId: string, at: number) => {
      wakes.tenants.push(at);
    },
    wakeSender: (connectionId: string) => {
      wakes.senders.push(connectionId);
    },
  };
  const observer: LaneObserver = {
    committed: ({ items }) => {
      groups.push(items);
    },
    failed: (failure) => {
      failures.push(failure);
    },
  };
  const useCaseParts: UseCaseParts = {
    store: createLaneStore(storage, { clock: { now: () => clock.now } }),
    reader: options.reader ?? { read: crm.read },
    doors: options.doors ?? NO_DOORS,
    ...(options.activity && { activity: options.activity }),
    jobs,
    hours: { availabilities: createAvailabilities(NO_HOLIDAYS), offerEnds: createOfferEnds(NO_HOLIDAYS) },
    observer,
    newId: makeNewId(),
    newSalt: () => 'salt',
    publishDue: async () => undefined,
    offboardings: createOffboardings(storage),
    kept: createKeptData(storage),
    now: () => clock.now,
  };
  const { useCases, deliveryEvents } = createUseCases(useCaseParts);
  await createTenants(storage).create({ id: TENANT, name: 'Lane' });
  await storage.directory(async (trx) => {
    await trx
      .insertInto('connection')
      .values([
        { id: HUBSPOT, tenant_id: TENANT, vendor: 'hubspot', external_id: '4711', name: 'HubSpot' },
        {
          id: SALESFORCE,
          tenant_id: TENANT,
          vendor: 'salesforce',
          external_id: '00DSb0000000001MAA',
          name: 'Salesforce',
        },
        { id: SLACK, tenant_id: TENANT, vendor: 'slack', external_id: 'T1', name: 'Slack' },
      ])
      .execute();
  });
  const reps = createReps(storage);
  const policies = createPolicies(storage);
  const { retimeClocks } = useCases;
  const parts = {
    policies,
    reps,
    jobs,
    now: () => clock.now,
    crms: async () => options.crms ?? [],
    prove: async () => [],
    retimeClocks,
  };
  const world: LaneWorld = {
    useCases,
    parts: useCaseParts,
    events: deliveryEvents,
    clock,
    crm,
    wakes,
    failures,
    groups,
    publish: async (policy) => {
      await publishPolicy(parts)({
        tenantId: TENANT,
        document: { fairlead: 1, name: 'Test', ...policy },
        by: 'test',
      });
    },
    putReps: async (given) => {
      await putReps(parts)({
        tenantId: TENANT,
        reps: given.map((rep) => ({ timezone: 'America/New_York', email: `${rep.id}@example.com`, ...rep })),
      });
      await importPeople(storage, given, options.withoutSlack ?? []);
    },
    setLane: (settings) =>
      storage.withTenant(TENANT, async (trx) => {
        await trx.updateTable('lane').set(settings).where('tenant_id', '=', TENANT).execute();
      }),
    rows: (sql) =>
      storage.withTenant(TENANT, async (_trx, tx) => (await tx.pipeline([{ sql, parameters: [] }]))[0]!.rows),
    assignments: () => world.rows('select * from assignment order by opened_at, id'),
    deliveries: (kind) => pendingDeliveries(storage, kind),
    deliver: async (kind) => {
      const found = await pendingDeliveries(storage, kind);
      for (const delivery of found) {
        await storage.withTenant(TENANT, async (trx) => {
          await trx.updateTable('delivery').set({ state: 'done' }).where('id', '=', delivery.id).execute();
        });
        if (kind === 'slack_card') await deliveryEvents.cardDelivered(delivery, clock.now);
        else await writeToCrm(delivery, crm, deliveryEvents);
      }
      return found;
    },
    lead: async (fields = {}, more = {}) =>
      decided(await useCases.decideLead({ tenantId: TENANT, source: 'api', fields, ...more })),
    contact: async (id, more = {}) =>
      decided(
        await useCases.decideLead({
          tenantId: TENANT,
          source: 'hubspot_action',
          record: contactRef(id),
          ...more,
        }),
      ),
    salesforce: async (id, more = {}) => {
      const reply = await useCases.decideLead({
        tenantId: TENANT,
        source: 'salesforce',
        record: leadRef(id),
        writtenByCaller: true,
        ...more,
      });
      if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
      return reply;
    },
    sweep: () => useCases.sweep(TENANT),
  };
  await world.putReps(options.reps);
  await world.publish(options.policy);
  return world;
};

const decided = (reply: Awaited<ReturnType<LaneUseCases['decideLead']>>): DecisionView => {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  return reply.decision;
};

const importPeople = async (
  storage: Storage,
  reps: readonly WorldRep[],
  withoutSlack: readonly string[],
): Promise<void> => {
  const identities = createRepIdentities(storage);
  const person = (id: string) => ({ email: `${id}@example.com`, name: id });
  await identities.replace(TENANT, HUBSPOT, [
    ...reps.map(({ id }) => ({ kind: 'owner', externalId: ownerOf(id), ...person(id) })),
    { kind: 'owner', externalId: ownerOf('ops'), ...person('ops') },
  ]);
  await identities.replace(TENANT, SALESFORCE, [
    ...reps.map(({ id }) => ({
      kind: 'owner',
      externalId: userOf(id),
      ...person(id),
      details: { userId: userOf(id) },
    })),
    {
      kind: 'owner',
      externalId: QUEUE,
      email: null,
      name: 'Holding',
      details: { type: 'QUEUE', queue: 'Holding', members: reps.map(({ id }) => userOf(id)) },
    },
  ]);
  const reached = reps.filter(({ id }) => !withoutSlack.includes(id));
  await identities.replace(
    TENANT,
    SLACK,
    reached.map(({ id }) => ({ kind: 'user', externalId: slackUserOf(id), ...person(id) })),
  );
};

const pendingDeliveries = (storage: Storage, kind: DeliveryBody['kind']): Promise<readonly Delivery[]> =>
  storage.withTenant(TENANT, async (trx) => {
    const rows = await trx
      .selectFrom('delivery')
      .selectAll()
      .where('kind', '=', kind)
      .where('state', '=', 'pending')
      .orderBy('seq')
      .execute();
    return rows.map(
      (row) =>
        ({
          id: row.id,
          tenantId: row.tenant_id,
          connectionId: row.connection_id,
          assignmentId: row.assignment_id,
          version: row.version,
          key: row.key,
          attempts: 1,
          createdAt: row.created_at.getTime(),
          kind: row.kind,
          body: row.body,
        }) as Delivery,
    );
  });

/** What the delivery part does with an owner write that goes well. */
const writeToCrm = async (delivery: Delivery, crm: FakeCrm, events: DeliveryEvents): Promise<void> => {
  if (delivery.kind !== 'owner_write') return;
  crm.put(delivery.body.record.recordId, { ownerId: delivery.body.ownerId });
  await events.ownerWritten(delivery);
};
