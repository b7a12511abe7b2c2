import { until } from '../support/until.ts';
import type { World } from '../support/world.ts';

const LOOK_EVERY_MS = 250;
/** A backlog that has not moved for so long never will. */
const PATIENCE_MS = 120_000;

/** Waits until the sandbox has sent its pushes and the service has nothing left to write, however long the backlog is. */
export async function settle(world: World): Promise<void> {
  await until('HubSpot has sent every push', () => world.sandbox.hubspot.webhooks.idle(), 300_000);
  let [pending, movedAt] = [Number.POSITIVE_INFINITY, Date.now()];
  while (pending > 0) {
    const now = await pendingDeliveries(world);
    if (now !== pending) [pending, movedAt] = [now, Date.now()];
    else if (Date.now() - movedAt > PATIENCE_MS) throw new Error(`${pending} deliveries are stuck.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function pendingDeliveries(world: World): Promise<number> {
  const { counts } = await world.api<{ counts: { deliveriesPending: number } }>('GET', '/api/v1/overview');
  return counts.deliveriesPending;
}
