import type { World } from '../support/world.ts';
import { until } from './trial.ts';

const PATIENCE = 300_000;

/** Waits until the sandbox has sent its pushes and the service has nothing left to write. */
export async function settle(world: World): Promise<void> {
  await until('HubSpot has sent every push', () => world.sandbox.hubspot.webhooks.idle(), PATIENCE);
  await until(
    'nothing is left to write',
    async () => {
      const { counts } = await world.api<{ counts: { deliveriesPending: number } }>(
        'GET',
        '/api/v1/overview',
      );
      return counts.deliveriesPending === 0;
    },
    PATIENCE,
  );
}
