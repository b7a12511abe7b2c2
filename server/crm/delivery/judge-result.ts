import type { Verdict } from '../../assignments/delivery-ports.ts';
import type { Delivery, DeliveryResult } from '../../assignments/ports.ts';
import { backoff } from './backoff.ts';
import { concernsConnection } from './failures.ts';
import type { DeliveryOptions } from './options.ts';
import { isHeard } from './tell.ts';

type Retry = Extract<DeliveryResult, { outcome: 'retry' }>;

/** What is to become of a delivery after a try: ended, tried again later, or refused for a person to look at. */
export const judgeResult = (
  delivery: Delivery,
  result: DeliveryResult,
  now: number,
  options: DeliveryOptions,
  random: () => number,
): Verdict => {
  const ended = {
    delivery,
    dueAt: now,
    code: null,
    remedy: null,
    detail: {},
    failures: delivery.failures,
    heard: isHeard(delivery.kind, result.outcome),
  };
  switch (result.outcome) {
    case 'done':
      return { ...ended, state: 'done', detail: result.detail ?? {} };
    case 'overtaken':
      return { ...ended, state: 'overtaken', detail: { ownerId: result.ownerId } };
    case 'refused':
      return { ...ended, state: 'refused', code: result.code, remedy: result.remedy };
    case 'retry':
      return judgeRetry(delivery, result, now, options, random);
    default:
      return result satisfies never;
  }
};

const judgeRetry = (
  delivery: Delivery,
  { code, afterMs }: Retry,
  now: number,
  options: DeliveryOptions,
  random: () => number,
): Verdict => {
  const failures = delivery.failures + (concernsConnection(code) ? 0 : 1);
  const retry = { delivery, code, detail: {}, failures, heard: isHeard(delivery.kind, 'refused') };
  const tooOld = now - delivery.createdAt >= options.maxAgeMs;
  if (tooOld || failures >= options.maxFailures)
    return { ...retry, state: 'refused', dueAt: now, remedy: remedyFor(code, failures, tooOld) };
  const wait = Math.max(afterMs ?? 0, backoff(Math.max(1, failures), options.backoff, random));
  return { ...retry, state: 'pending', dueAt: now + wait, remedy: null };
};

const remedyFor = (code: string, failures: number, tooOld: boolean): string =>
  tooOld
    ? `The write could not be made for a day (${code}). Check that the account is connected and reachable, then retry it.`
    : `The write failed ${failures} times (${code}). Look at the record in its CRM, then retry the write.`;
