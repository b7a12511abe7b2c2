import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Written } from '../bisect.ts';
import { batchOutcomes } from './batch-outcomes.ts';
import { sendBisecting } from './bisect.ts';
import type { CallHubspot, Reply } from './client.ts';
import { KEY_PROPERTY, PATHS } from './facts.ts';
import { batchReply } from './shapes.ts';

/** A record to be made. `traceId`: names the input in HubSpot's reply. */
export interface NewObject {
  readonly traceId: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly associations: readonly Join[];
}

/** What a new record is joined with, and how. */
export interface Join {
  readonly id: string;
  readonly typeIds: readonly number[];
}

export type Created =
  | { readonly kind: 'created'; readonly id: string }
  | Exclude<Written, { kind: 'written' }>;

/** Where and until when (epoch ms) records are made. */
export interface CreateWays {
  readonly call: CallHubspot;
  readonly connection: ConnectionInfo;
  readonly until: number;
}

/** Makes records of one type, up to a hundred in one call. What became of each, in order. */
export const createObjects = async (
  objectType: string,
  objects: readonly NewObject[],
  { call, connection, until }: CreateWays,
): Promise<readonly Created[]> => {
  const ids = new Map<string, string>();
  const outcomes = await sendBisecting(objects, {
    send: (inputs) =>
      call(connection, {
        method: 'POST',
        path: PATHS.batchCreate(objectType),
        body: { inputs: inputs.map(toInput) },
        purpose: 'delivery',
        until,
      }),
    read: (inputs, reply) => {
      for (const [traceId, id] of idsOf(inputs, reply)) ids.set(traceId, id);
      return batchOutcomes(
        inputs.map(({ traceId }) => ({ recordId: null, traceId })),
        reply,
      );
    },
  });
  return objects.map(({ traceId }, index) => {
    const id = ids.get(traceId);
    if (id !== undefined) return { kind: 'created', id };
    const outcome = outcomes[index];
    // Made, but under which id the reply does not say: to be looked for.
    return outcome === undefined || outcome.kind === 'written' ? { kind: 'unknown' } : outcome;
  });
};

const toInput = ({ traceId, properties, associations }: NewObject) => ({
  objectWriteTraceId: traceId,
  properties,
  associations: associations.map(({ id, typeIds }) => ({
    to: { id },
    types: typeIds.map((associationTypeId) => ({
      associationCategory: 'HUBSPOT_DEFINED',
      associationTypeId,
    })),
  })),
});

/** Results are told apart by our trace id or our key; the only one of a batch of one needs neither. */
const idsOf = (inputs: readonly NewObject[], reply: Reply): readonly (readonly [string, string])[] => {
  const results = batchReply.safeParse(reply.body).data?.results ?? [];
  const [only] = inputs;
  if (inputs.length === 1 && results.length === 1 && only) return [[only.traceId, results[0]!.id]];
  const byKey = new Map(inputs.map(({ traceId, properties }) => [properties[KEY_PROPERTY], traceId]));
  return results.flatMap(({ id, objectWriteTraceId, properties }) => {
    const traceId = objectWriteTraceId ?? byKey.get(properties[KEY_PROPERTY] ?? '');
    return traceId ? [[traceId, id] as const] : [];
  });
};
