import type { Delivery, DeliveryKind, DeliveryResult } from '../../assignments/ports.ts';
import type { EnteringLead, Queries } from '../../assignments/queries.ts';
import type { Entered, EntryWays } from '../connector.ts';
import type { Sending } from './create-crm-sender.ts';
import { enteredResult } from './entered-detail.ts';
import { DONE } from './record-write.ts';

/** How leads enter one CRM, and what is known of them here. */
export interface EntryParts {
  readonly ways: EntryWays;
  readonly given: Pick<Queries, 'leadsToEnter' | 'valuesGiven'>;
}

type Of<K extends DeliveryKind> = Extract<Delivery, { kind: K }>;

/** The most fills taken at once: each is a call of its own. */
export const FILLS_AT_ONCE = 10;

interface Entering {
  readonly delivery: Of<'enter'>;
  readonly lead: EnteringLead;
}

/** Makes records of leads, each once: a lead that came to stand on one meanwhile keeps it, and after a first try it is looked for. */
export const enterLeads = async (
  deliveries: readonly Of<'enter'>[],
  { ways, given }: EntryParts,
  sending: Sending,
): Promise<readonly DeliveryResult[]> => {
  const { connection } = sending;
  const leads = await given.leadsToEnter(
    connection,
    deliveries.map(({ body }) => body.leadId),
  );
  const entering = deliveries.flatMap((delivery): Entering[] => {
    const lead = leads.get(delivery.body.leadId);
    return lead === undefined || lead.record !== null ? [] : [{ delivery, lead }];
  });
  const results = new Map<string, DeliveryResult>();
  const missing = await keepFound(entering, ways, sending, results);
  const made = await make(missing, ways, sending);
  missing.forEach(({ delivery, lead }, index) => {
    results.set(delivery.id, toResult(made[index], lead));
  });
  return deliveries.map(({ id, body }) => {
    const record = leads.get(body.leadId)?.record ?? null;
    if (record !== null) return enteredResult({ record, existed: true, ownerId: null });
    // A lead that has ended meanwhile enters nowhere.
    return results.get(id) ?? DONE;
  });
};

/** Those that may stand there by now are looked for by who they are; by our key their vendor looks itself. */
const keepFound = async (
  entering: readonly Entering[],
  ways: EntryWays,
  { connection }: Sending,
  results: Map<string, DeliveryResult>,
): Promise<readonly Entering[]> => {
  const unsure = entering.filter(({ delivery, lead }) => mayExist(delivery) && hasKey(lead));
  if (unsure.length === 0) return entering;
  const found = await ways.find(
    connection,
    unsure.map(({ lead }) => lead.person),
  );
  unsure.forEach(({ delivery }, index) => {
    const record = found[index] ?? null;
    if (record !== null) results.set(delivery.id, enteredResult({ record, existed: true, ownerId: null }));
  });
  return entering.filter(({ delivery }) => !results.has(delivery.id));
};

const mayExist = ({ attempts, body }: Of<'enter'>): boolean => attempts > 1 || body.mayExist;

const hasKey = ({ person }: EnteringLead): boolean => person.email !== null || person.phone !== null;

const make = async (
  entering: readonly Entering[],
  ways: EntryWays,
  { connection, until }: Sending,
): Promise<readonly Entered[]> => {
  if (entering.length === 0) return [];
  const records = entering.map(({ delivery, lead }) => ({
    key: delivery.body.leadId,
    person: lead.person,
    values: lead.values,
    ownerId: lead.ownerId,
    decision: lead.decision,
    mayExist: mayExist(delivery),
  }));
  return ways.create(connection, records, until);
};

const toResult = (entered: Entered | undefined, { ownerId }: EnteringLead): DeliveryResult => {
  if (entered === undefined) return { outcome: 'retry', afterMs: null, code: 'sender_failed' };
  if (entered.kind === 'failed') return entered.result;
  const { ref: record, existed, about } = entered;
  return enteredResult({ record, existed, ownerId: existed ? null : ownerId, ...(about && { about }) });
};

/** Writes what was given onto records, where they hold nothing. */
export const fillRecords = async (
  deliveries: readonly Of<'fill'>[],
  { ways, given }: EntryParts,
  { connection, until }: Sending,
): Promise<readonly DeliveryResult[]> => {
  const values = await given.valuesGiven(
    connection,
    deliveries.map(({ body }) => body.snapshotId),
  );
  const recordless = deliveries.filter(({ body }) => body.record === null).map(({ body }) => body.leadId);
  const leads = await given.leadsToEnter(connection, recordless);
  const results: DeliveryResult[] = [];
  for (const { body } of deliveries) {
    const lead = leads.get(body.leadId);
    const record = body.record ?? lead?.record ?? null;
    const known = values.get(body.snapshotId) ?? {};
    if (Object.keys(known).length === 0 || (record === null && lead === undefined)) results.push(DONE);
    else results.push(record === null ? NOT_ENTERED : await ways.fill(connection, record, known, until));
  }
  return results;
};

const NOT_ENTERED: DeliveryResult = { outcome: 'retry', afterMs: 5_000, code: 'not_entered' };

/** Turns leads into what their CRM makes of them. */
export const convertLeads = async (
  deliveries: readonly Of<'convert'>[],
  parts: EntryParts | undefined,
  { connection, until }: Sending,
): Promise<readonly DeliveryResult[]> => {
  if (parts?.ways.convert === undefined) return deliveries.map(() => CANNOT_CONVERT);
  const leads = deliveries.map(({ body }) => ({ ref: body.record, ownerId: body.ownerId }));
  return parts.ways.convert(connection, leads, until);
};

const CANNOT_CONVERT: DeliveryResult = {
  outcome: 'refused',
  code: 'cannot_convert',
  remedy: 'This CRM has no leads that are converted: take `convert` out of the step of the policy.',
};

export const CANNOT_ENTER: DeliveryResult = {
  outcome: 'refused',
  code: 'cannot_enter',
  remedy: 'Leads cannot enter this CRM: name another one under `entry` in the policy, or none.',
};
