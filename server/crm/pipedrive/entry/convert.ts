import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryResult } from '../../../assignments/ports.ts';
import type { RecordRef } from '../../../assignments/types.ts';
import type { Clock } from '../../../base/clock.ts';
import { eachOf } from '../../call/each-of.ts';
import { asResult, DONE, recordGone } from '../../delivery/record-write.ts';
import { failureOfError } from '../../failures.ts';
import { VENDOR } from '../client.ts';
import { readConverted } from '../converted.ts';
import { CONVERSION_POLL, PATHS } from '../facts.ts';
import { readBody, readIfThere } from '../failures.ts';
import { readOne } from '../read-many.ts';
import { anything, jobReply, jobStatus } from '../shapes.ts';
import type { EntryLooks } from './find.ts';

interface Wanted {
  readonly ref: RecordRef;
  readonly ownerId: string;
}

type Looks = EntryLooks & { readonly until: number; readonly clock: Clock };

/** Leads converted at once. */
const AT_ONCE = 2;

/** Turns leads into deals, with their owner. One that became a deal at an earlier try is found by its deal. In order. */
export const convertLeads = (leads: readonly Wanted[], looks: Looks): Promise<readonly DeliveryResult[]> =>
  eachOf(leads, AT_ONCE, async (wanted) => {
    try {
      return await convert(wanted, looks);
    } catch (error) {
      return asResult(failureOfError(error));
    }
  });

const convert = async ({ ref, ownerId }: Wanted, looks: Looks): Promise<DeliveryResult> => {
  const { call, connection, until } = looks;
  const started = await call(connection, {
    method: 'POST',
    path: PATHS.convert(ref.recordId),
    body: {},
    purpose: 'delivery',
    until,
  });
  const job = readIfThere(jobReply, started)?.data.conversion_id ?? null;
  const deal = job === null ? await dealOf(ref, looks) : await awaitDeal(ref, job, looks);
  if (deal === null) return job === null ? recordGone(VENDOR) : UNFINISHED;
  await own(deal, ownerId, looks, { justMade: job !== null });
  return DONE;
};

const UNFINISHED: DeliveryResult = { outcome: 'retry', afterMs: 5_000, code: 'conversion_unfinished' };

const dealOf = async ({ recordId }: RecordRef, { call, connection, until, clock }: Looks) => {
  const found = await readConverted(call, connection, { now: clock.now(), purpose: 'delivery', until });
  return found.get(recordId)?.dealId ?? null;
};

/** The deal a job made; null: it has not ended in time, or failed. */
const awaitDeal = async (
  { recordId }: RecordRef,
  job: string,
  { call, connection, until }: Looks,
): Promise<string | null> => {
  for (let asked = 0; asked < CONVERSION_POLL.most; asked++) {
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.conversion(recordId, job),
      purpose: 'delivery',
      until,
    });
    const { status, deal_id } = readBody(jobStatus, reply).data;
    if (status === 'completed' && deal_id) return String(deal_id);
    if (status === 'failed' || status === 'rejected') return null;
    await sleep(CONVERSION_POLL.everyMs);
  }
  return null;
};

/** Gives a deal its owner. One that was made earlier only if it is its maker's still: any other is somebody's choice. */
const own = async (
  dealId: string,
  ownerId: string,
  { call, connection, until }: Looks,
  { justMade }: { readonly justMade: boolean },
): Promise<void> => {
  const deal = await readOne(connection, 'deal', dealId, { call, purpose: 'delivery', until });
  if (deal === null || String(deal.owner_id) === ownerId) return;
  if (!justMade && deal.owner_id !== deal.creator_user_id) return;
  const reply = await call(connection, {
    method: 'PATCH',
    path: PATHS.deal(dealId),
    body: { owner_id: Number(ownerId) },
    purpose: 'delivery',
    until,
  });
  readBody(anything, reply);
};
