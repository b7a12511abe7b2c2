import type { Verdict } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo, Delivery, DeliveryResult, Sender } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import { judgeResult } from './judge-result.ts';
import type { DeliveryOptions } from './options.ts';
import type { DeliveryParts } from './ports.ts';

/** Sends one batch and always has one result per delivery. Throws only AppError `needs_reconnecting`. */
export const sendBatch = async (
  sender: Sender,
  connection: ConnectionInfo,
  deliveries: readonly Delivery[],
  parts: DeliveryParts,
  { sendMs }: DeliveryOptions,
): Promise<readonly DeliveryResult[]> => {
  try {
    const sending = sender.send(connection, deliveries, parts.clock.now() + sendMs);
    const results = await settled(sending, sendMs, deliveries, parts);
    if (results.length === deliveries.length) return results;
    throw new Error(
      `The ${sender.vendor} sender gave ${results.length} results for ${deliveries.length} deliveries.`,
    );
  } catch (error) {
    if (error instanceof AppError && error.code === 'needs_reconnecting') throw error;
    parts.log.error({ err: error, connection: connection.id }, 'a sender failed');
    return all(deliveries, error instanceof AppError ? error.code : 'sender_failed');
  }
};

const all = (deliveries: readonly Delivery[], code: string): readonly DeliveryResult[] =>
  deliveries.map(() => ({ outcome: 'retry', afterMs: null, code }));

/** A sender keeps its own deadlines; one that overstays is given up, so that it cannot hold the connection for ever. */
const settled = async (
  sending: Promise<readonly DeliveryResult[]>,
  sendMs: number,
  deliveries: readonly Delivery[],
  parts: DeliveryParts,
): Promise<readonly DeliveryResult[]> => {
  const late = Promise.withResolvers<readonly DeliveryResult[]>();
  const timer = setTimeout(() => late.resolve(all(deliveries, 'timeout')), sendMs);
  try {
    return await Promise.race([sending, late.promise]);
  } finally {
    clearTimeout(timer);
    sending.catch((error: unknown) => parts.log.warn({ err: error }, 'a send was given up and failed later'));
  }
};

/** The verdict on each delivery of a batch. */
export const judgeBatch = (
  deliveries: readonly Delivery[],
  results: readonly DeliveryResult[],
  parts: DeliveryParts,
  options: DeliveryOptions,
): readonly Verdict[] => {
  const now = parts.clock.now();
  return deliveries.map((delivery, index) => {
    const result = results[index] ?? { outcome: 'retry', afterMs: null, code: 'sender_failed' };
    parts.metrics?.delivered(delivery.kind, result.outcome);
    return judgeResult(delivery, result, now, options, parts.random);
  });
};
