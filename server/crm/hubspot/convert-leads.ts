import type { DeliveryResult } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { Written } from '../bisect.ts';
import { asResult, DONE } from '../delivery/record-write.ts';
import { primaryOf } from './associated.ts';
import { batchOutcomes } from './batch-outcomes.ts';
import { sendBisecting } from './bisect.ts';
import { type CreateWays, createObjects, type Join, type NewObject } from './create-objects.ts';
import { DEAL, JOINS, LEAD, OWNER_PROPERTY, PATHS } from './facts.ts';
import { readObjects } from './read-objects.ts';
import type { CrmObject } from './shapes.ts';
import type { LeadStages, Stages } from './stages.ts';

interface Converting {
  readonly ref: RecordRef;
  readonly ownerId: string;
}

interface Ways extends CreateWays {
  readonly stages: Stages;
}

/**
 * Qualifies leads and makes a deal of each, with its owner, contact and company. The deal comes first and is looked for
 * before a second try, so that a lead that is qualified always has its one deal. In order.
 */
export const convertLeads = async (
  leads: readonly Converting[],
  ways: Ways,
): Promise<readonly DeliveryResult[]> => {
  const stages = await ways.stages.leads(ways.connection);
  const able = leads.filter(({ ref }) => ref.objectType === 'lead');
  if (stages === null || able.length === 0) return leads.map(() => NO_LEADS);
  const ids = able.map(({ ref }) => ref.recordId);
  const options = { purpose: 'delivery', until: ways.until } as const;
  const found = await readObjects(
    ways.call,
    ways.connection,
    'lead',
    ids,
    [LEAD.name, LEAD.pipeline],
    options,
  );
  const dealt = await makeDeals(able, found, ways);
  const ready = able.filter(({ ref }) => dealt.get(ref.recordId) === null);
  const qualified = await qualify(ready, found, stages, ways);
  return leads.map(({ ref }) => {
    if (ref.objectType !== 'lead') return NO_LEADS;
    return dealt.get(ref.recordId) ?? qualified.get(ref.recordId) ?? GONE;
  });
};

const NO_LEADS: DeliveryResult = {
  outcome: 'refused',
  code: 'cannot_convert',
  remedy:
    'Only HubSpot’s leads are converted, not contacts: switch leads on in HubSpot, or take `convert` out of the policy.',
};
const GONE: DeliveryResult = {
  outcome: 'refused',
  code: 'record_gone',
  remedy: 'The lead is no longer in HubSpot: nothing needs to be done.',
};
const NO_STAGE: DeliveryResult = {
  outcome: 'refused',
  code: 'no_qualified_stage',
  remedy: 'The lead’s pipeline has no stage named Qualified: name one so in HubSpot, then retry.',
};

type Results = ReadonlyMap<string, DeliveryResult | null>;

/** By lead: null once its deal stands. A lead that is no more is in neither. */
const makeDeals = async (
  leads: readonly Converting[],
  found: ReadonlyMap<string, CrmObject>,
  ways: Ways,
): Promise<Results> => {
  const { call, connection } = ways;
  const ids = [...found.keys()];
  const [deals, contacts, companies] = await Promise.all(
    ['deal', 'contact', 'company'].map((type) => primaryOf(call, connection, 'lead', ids, type)),
  );
  const place = await ways.stages.firstDealStage(connection);
  const wanted = leads.filter(({ ref }) => found.has(ref.recordId) && !deals?.has(ref.recordId));
  const made = await createObjects(
    'deal',
    wanted.map(({ ref, ownerId }): NewObject => {
      const joins: readonly (Join | null)[] = [
        { id: ref.recordId, typeIds: JOINS.dealToLead },
        joinOf(contacts?.get(ref.recordId), JOINS.dealToContact),
        joinOf(companies?.get(ref.recordId), JOINS.dealToCompany),
      ];
      const name = found.get(ref.recordId)?.properties[LEAD.name] ?? 'Deal';
      return {
        traceId: ref.recordId,
        properties: { [DEAL.name]: name, [OWNER_PROPERTY]: ownerId, ...place },
        associations: joins.filter((join) => join !== null),
      };
    }),
    ways,
  );
  const results = new Map<string, DeliveryResult | null>([...(deals?.keys() ?? [])].map((id) => [id, null]));
  wanted.forEach(({ ref }, index) => {
    const outcome = made[index]!;
    results.set(ref.recordId, outcome.kind === 'created' ? null : asResult(outcome));
  });
  return results;
};

const joinOf = (id: string | undefined, typeIds: readonly number[]): Join | null =>
  id === undefined ? null : { id, typeIds };

const qualify = async (
  leads: readonly Converting[],
  found: ReadonlyMap<string, CrmObject>,
  { qualified }: LeadStages,
  { call, connection, until }: Ways,
): Promise<ReadonlyMap<string, DeliveryResult>> => {
  const stageOf = ({ ref }: Converting): string | undefined => {
    const pipeline = found.get(ref.recordId)?.properties[LEAD.pipeline];
    return pipeline ? qualified.get(pipeline) : [...qualified.values()][0];
  };
  const able = leads.filter((lead) => stageOf(lead) !== undefined);
  const outcomes = await sendBisecting(able, {
    send: (part) =>
      call(connection, {
        method: 'POST',
        path: PATHS.batchUpdate('lead'),
        body: {
          inputs: part.map((lead) => ({
            id: lead.ref.recordId,
            objectWriteTraceId: lead.ref.recordId,
            // Its owner was written before; whoever was given it since keeps it.
            properties: { [LEAD.stage]: stageOf(lead) },
          })),
        },
        purpose: 'delivery',
        until,
      }),
    read: (part, reply) =>
      batchOutcomes(
        part.map(({ ref }) => ({ recordId: ref.recordId, traceId: ref.recordId })),
        reply,
      ),
  });
  const settled = new Map(
    able.map(({ ref }, index) => [ref.recordId, toResult(outcomes[index] ?? { kind: 'unknown' })]),
  );
  return new Map(leads.map(({ ref }) => [ref.recordId, settled.get(ref.recordId) ?? NO_STAGE]));
};

const toResult = (outcome: Written): DeliveryResult =>
  outcome.kind === 'written' ? DONE : asResult(outcome);
