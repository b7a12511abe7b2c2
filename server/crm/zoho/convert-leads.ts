import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DeliveryResult } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { Clock } from '../../base/clock.ts';
import { asResult, DONE } from '../delivery/record-write.ts';
import { failureOfError } from '../failures.ts';
import { CONVERTED_FIELD, MASS_CONVERT, PATHS } from './facts.ts';
import { readBody, toFailure } from './failures.ts';
import type { Row } from './query.ts';
import { readRecords } from './read-records.ts';
import type { Ways } from './write-rows.ts';

export interface LeadToConvert {
  readonly ref: RecordRef;
  readonly ownerId: string;
}

export interface ConvertWays extends Ways {
  readonly clock: Clock;
}

const scheduled = z.object({ details: z.object({ job_id: z.coerce.string() }) });
const progress = z.object({ data: z.array(z.object({ Status: z.string() })) });
const LOOK_EVERY_MS = 500;

/**
 * Converts leads, whose contacts and accounts get the owner. One alone at once; several of an owner as a job of up to
 * fifty. A job only tells how many it converted: which ones is read off the leads.
 */
export const convertLeads = async (
  leads: readonly LeadToConvert[],
  ways: ConvertWays,
): Promise<readonly DeliveryResult[]> => {
  const results = new Map<LeadToConvert, DeliveryResult>();
  for (const [ownerId, all] of Map.groupBy(leads, (lead) => lead.ownerId))
    for (let from = 0; from < all.length; from += MASS_CONVERT) {
      const part = all.slice(from, from + MASS_CONVERT);
      const outcomes = await convertPart(part, ownerId, ways).catch((error: unknown) => {
        const result = asResult(failureOfError(error));
        return part.map(() => result);
      });
      const converted = await lookAt(part, ways);
      part.forEach((lead, index) => {
        const done = converted.has(lead.ref.recordId);
        results.set(lead, done ? DONE : (outcomes[index] ?? STILL_UNDER_WAY));
      });
    }
  return leads.map((lead) => results.get(lead)!);
};

const STILL_UNDER_WAY: DeliveryResult = { outcome: 'retry', afterMs: null, code: 'conversion_under_way' };

/** null for each that was accepted. */
const convertPart = async (
  part: readonly LeadToConvert[],
  ownerId: string,
  ways: ConvertWays,
): Promise<readonly (DeliveryResult | null)[]> => {
  const each = () => Promise.all(part.map((lead) => convertOne(lead, ways)));
  if (part.length === 1) return each();
  const reply = await ways.call(ways.connection, {
    method: 'POST',
    path: PATHS.massConvert,
    body: {
      ids: part.map(({ ref }) => ref.recordId),
      assign_to: { id: ownerId },
      apply_assignment_threshold: false,
    },
    purpose: 'delivery',
    until: ways.until,
  });
  // One lead that is gone has all of them refused: each is then asked for by itself.
  if (reply.status === 400) return each();
  await waitFor(readBody(scheduled, reply)?.details.job_id ?? '', ways);
  return part.map(() => null);
};

const convertOne = async (
  { ref, ownerId }: LeadToConvert,
  ways: ConvertWays,
): Promise<DeliveryResult | null> => {
  const reply = await ways.call(ways.connection, {
    method: 'POST',
    path: PATHS.convert(ref.recordId),
    body: {
      data: [
        {
          overwrite: false,
          notify_lead_owner: false,
          notify_new_entity_owner: false,
          assign_to: { id: ownerId },
        },
      ],
    },
    purpose: 'delivery',
    until: ways.until,
  });
  return reply.status === 200 ? null : asResult(toFailure(rowErrorOf(reply)));
};

/** An error may stand in the only row. */
const rowErrorOf = ({ status, body }: { readonly status: number; readonly body: unknown }) => {
  const row = (body as { readonly data?: readonly unknown[] } | null)?.data?.[0];
  return { status: status < 400 ? 400 : status, body: row ?? body };
};

const waitFor = async (job: string, { call, connection, until, clock }: ConvertWays): Promise<void> => {
  while (clock.now() + LOOK_EVERY_MS < until) {
    const query = { job_id: job };
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.massConvert,
      query,
      purpose: 'delivery',
      until,
    });
    const status = readBody(progress, reply)?.data[0]?.Status.toUpperCase();
    if (status !== 'SCHEDULED' && status !== 'RUNNING' && status !== 'IN PROGRESS') return;
    await sleep(LOOK_EVERY_MS);
  }
};

/** The ids of those that are converted now; none where that cannot be seen. */
const lookAt = async (
  part: readonly LeadToConvert[],
  { call, connection, until }: ConvertWays,
): Promise<ReadonlySet<string>> => {
  const found = await readRecords(call, connection, {
    module: 'Leads',
    ids: part.map(({ ref }) => ref.recordId),
    fields: [CONVERTED_FIELD],
    purpose: 'delivery',
    until,
  }).catch((error: unknown) => {
    failureOfError(error);
    return new Map<string, Row>();
  });
  return new Set([...found].filter(([, row]) => row[CONVERTED_FIELD] === true).map(([id]) => id));
};
