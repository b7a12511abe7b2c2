import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { DecisionView } from '../../assignments/views.ts';
import type { Written } from '../bisect.ts';
import { type TaskWords, taskWords } from '../delivery/task-words.ts';
import { batchOutcomes } from './batch-outcomes.ts';
import { sendBisecting } from './bisect.ts';
import type { CallHubspot } from './client.ts';
import { ASSOCIATION_IDS, NOTE, PATHS, TASK } from './facts.ts';
import { saysNotThere } from './failures.ts';
import { markOf } from './mark.ts';
import { readObjects } from './read-objects.ts';
import { associationsReply, readBody } from './shapes.ts';

/** A task or note to stand on a record, once. */
export interface Engagement {
  readonly deliveryId: string;
  readonly record: RecordRef;
  readonly decision: DecisionView;
  /** What a task says; absent: a note, which says the decision's reason. */
  readonly words?: TaskWords;
  /** A task's owner; null makes a note. */
  readonly ownerId: string | null;
  /** An earlier try may have made it: look first. */
  readonly mayExist: boolean;
}

interface Ways {
  readonly call: CallHubspot;
  readonly connection: ConnectionInfo;
  readonly until: number;
}

/** Makes the tasks or notes (one kind at once) that are not there yet. One outcome for each, in order. */
export const makeEngagements = async (
  engagements: readonly Engagement[],
  ways: Ways,
): Promise<readonly Written[]> => {
  const there = await findExisting(engagements, ways);
  const wanted = engagements.filter(({ deliveryId }) => !there.has(deliveryId));
  const made = await sendBisecting(wanted, {
    send: (inputs) =>
      ways.call(ways.connection, {
        method: 'POST',
        path: PATHS.batchCreate(pluralOf(engagements)),
        body: { inputs: inputs.map(toInput) },
        purpose: 'delivery',
        until: ways.until,
      }),
    read: (inputs, reply) =>
      batchOutcomes(
        inputs.map((one) => ({ recordId: null, traceId: one.deliveryId })),
        reply,
      ),
  });
  const outcomes = new Map(wanted.map(({ deliveryId }, index) => [deliveryId, made[index]]));
  return engagements.map(({ deliveryId }) => outcomes.get(deliveryId) ?? { kind: 'written' });
};

const pluralOf = (engagements: readonly Engagement[]): 'tasks' | 'notes' =>
  engagements[0]?.ownerId === null ? 'notes' : 'tasks';

const toInput = (engagement: Engagement) => {
  const { decision, ownerId, record, deliveryId } = engagement;
  const words = wordsOf(engagement);
  const text = `${escapeHtml(words.text)}<br>${markOf(words.mark)}`;
  const kind = ownerId === null ? 'note' : 'task';
  const typeId = ASSOCIATION_IDS[kind][record.objectType as keyof (typeof ASSOCIATION_IDS)['task']];
  return {
    objectWriteTraceId: deliveryId,
    properties:
      ownerId === null
        ? noteProperties(text, decision)
        : taskProperties({ ...words, text }, decision, ownerId),
    associations: [
      {
        to: { id: record.recordId },
        types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId }],
      },
    ],
  };
};

const noteProperties = (text: string, decision: DecisionView) => ({
  [NOTE.body]: text,
  [NOTE.timestamp]: decision.decidedAt,
});

const wordsOf = ({ words, decision }: Engagement): TaskWords => words ?? taskWords(decision, undefined);

const taskProperties = (words: TaskWords, decision: DecisionView, ownerId: string) => ({
  [TASK.subject]: words.subject,
  [TASK.body]: words.text,
  [TASK.status]: 'NOT_STARTED',
  [TASK.priority]: 'HIGH',
  [TASK.type]: 'TODO',
  [TASK.timestamp]: decision.decidedAt,
  [TASK.owner]: ownerId,
});

const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[found] ?? found,
  );

/** Deliveries whose task or note is already on its record. Read by association, not by search, which lags. */
const findExisting = async (engagements: readonly Engagement[], ways: Ways): Promise<ReadonlySet<string>> => {
  const unsure = engagements.filter(({ mayExist }) => mayExist);
  const there = new Set<string>();
  for (const type of new Set(unsure.map(({ record }) => record.objectType)))
    for (const id of await findOfType(type, unsure, ways)) there.add(id);
  return there;
};

const findOfType = async (
  objectType: string,
  unsure: readonly Engagement[],
  ways: Ways,
): Promise<readonly string[]> => {
  const plural = pluralOf(unsure);
  const property = plural === 'notes' ? NOTE.body : TASK.body;
  const own = unsure.filter(({ record }) => record.objectType === objectType);
  const inputs = [...new Set(own.map(({ record }) => record.recordId))].map((id) => ({ id }));
  const { call, connection, until } = ways;
  const path = PATHS.associations(objectType, plural);
  const reply = await call(connection, {
    method: 'POST',
    path,
    body: { inputs },
    purpose: 'delivery',
    until,
  });
  const found = saysNotThere(reply) ? [] : readBody(associationsReply, reply).results;
  const ids = found.flatMap(({ to }) => to.map(({ toObjectId }) => toObjectId));
  const objects = await readObjects(call, connection, plural, ids, [property], {
    purpose: 'delivery',
    until,
  });
  const bodies = [...objects.values()].map(({ properties }) => properties[property] ?? '');
  return own
    .filter((one) => bodies.some((body) => body.includes(markOf(wordsOf(one).mark))))
    .map(({ deliveryId }) => deliveryId);
};
