import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../server/storage/open-storage.ts';
import type { ScenarioDatabase } from './scenario-world.ts';

/** A durable database for a scenario outside the test runner: the one at the URL, or an embedded one in a folder of its own. */
export const openScenarioDatabase = async (databaseUrl: string | null): Promise<ScenarioDatabase> => {
  const onError = () => undefined;
  if (databaseUrl !== null)
    return { storage: await openStorage({ databaseUrl, onError }), drop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-scenario-'));
  return {
    storage: await openStorage({ dataDir, onError }),
    drop: () => rm(dataDir, { recursive: true, force: true }),
  };
};
