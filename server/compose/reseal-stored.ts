import { AppError } from '../base/app-error.ts';
import { ConfigError, readConfig } from '../config.ts';
import { readKeyring } from '../installs/keyring.ts';
import { resealAll } from '../installs/reseal.ts';
import { createVault } from '../installs/vault.ts';
import { createSealedStore } from '../storage/directory/sealed-values.ts';
import { openStorage } from '../storage/open-storage.ts';

interface Asked {
  readonly env: NodeJS.ProcessEnv;
  readonly forget: boolean;
  /** Told how much there is before the first of it. Returns what is told of each. */
  readonly begin: (count: number) => () => void;
}

interface Counts {
  readonly fresh: number;
  readonly resealed: number;
  readonly forgotten: number;
  readonly failed: readonly { readonly where: string; readonly why: string }[];
}

/** Seals everything in the configured database with the first key of FAIRLEAD_KEYS; `mistake`: it cannot be reached so. */
export const resealStored = async (asked: Asked): Promise<Counts | { readonly mistake: string }> => {
  try {
    return await reseal(asked);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof AppError) return { mistake: error.message };
    throw error;
  }
};

const reseal = async ({ env, forget, begin }: Asked): Promise<Counts> => {
  const config = readConfig(env);
  const vault = createVault(readKeyring(config.keys));
  const { databaseUrl, dataDir } = config;
  const storage = await openStorage(databaseUrl === null ? { dataDir } : { databaseUrl });
  try {
    const store = createSealedStore(storage);
    const done = await resealAll({ store, vault, forget, step: begin(await store.count()) });
    const failed = done.failed.map(({ value, error }) => ({
      where: `${value.place} ${value.key}`,
      why: error.message,
    }));
    return { ...done, failed };
  } finally {
    await storage.close();
  }
};
