import type { Delivery, DeliveryResult } from '../../assignments/ports.ts';

/** A batch that was sent, and what came of it. */
export interface Landed {
  readonly deliveries: readonly Delivery[];
  readonly results: readonly DeliveryResult[];
}

/** Batches of one connection that are sent side by side, until each is settled. `send` fails where the process should. */
export const createFlight = (
  send: (deliveries: readonly Delivery[]) => Promise<readonly DeliveryResult[]>,
) => {
  const unsettled = new Set<readonly Delivery[]>();
  const landed: Landed[] = [];
  const flying = new Set<Promise<void>>();
  return {
    launch: (deliveries: readonly Delivery[]): void => {
      unsettled.add(deliveries);
      const flight = send(deliveries).then((results) => {
        landed.push({ deliveries, results });
        flying.delete(flight);
      });
      // Whoever waits for it is told of a failure.
      flight.catch(() => undefined);
      flying.add(flight);
    },
    /** Batches that are being sent. */
    count: (): number => flying.size,
    /** Whether nothing is under way, nor landed and not settled. */
    isEmpty: (): boolean => unsettled.size === 0,
    /** What is being sent, or was and is not settled. */
    underWay: (): readonly Delivery[] => [...unsettled].flat(),
    /** Waits until one has landed that is not settled. Throws what `send` does. */
    landing: async (): Promise<void> => {
      if (landed.length === 0) await Promise.race(flying);
    },
    /** Waits until all have. */
    over: async (): Promise<void> => void (await Promise.allSettled(flying)),
    /** Takes what has landed, to be settled. */
    settle: (): readonly Landed[] => {
      const batches = landed.splice(0);
      for (const { deliveries } of batches) unsettled.delete(deliveries);
      return batches;
    },
  };
};

export type Flight = ReturnType<typeof createFlight>;
