import { AppError } from '../../base/app-error.ts';
import type { Policies } from '../directory-ports.ts';
import type { StoredPolicy } from '../lane-store.ts';
import { readPolicy } from '../live-policy.ts';
import type { UseCases } from '../use-cases.ts';

export interface GoLiveParts {
  readonly policies: Pick<Policies, 'live' | 'version'>;
  readonly texts: {
    /** A policy's text with just these pools for the log only. */
    readonly withPoolsLogged: (
      policy: { text: string | null; document: unknown },
      pools: readonly string[],
    ) => string;
    readonly parse: (text: string) => unknown;
  };
  readonly publishPolicy: UseCases['publishPolicy'];
  readonly setMode: UseCases['setMode'];
}

export interface GoLive {
  readonly tenantId: string;
  readonly by: string;
  /** Ids of the pools that give leads in earnest from now on; the others stay for the log. null: all. */
  readonly pools: readonly string[] | null;
}

/**
 * Makes the live policy give leads in earnest, or some of its pools: then the others are marked as being for the log
 * only in a new version. Throws AppError `no_policy` or `unknown_pool`, and what publishing throws.
 */
export const goLive = (parts: GoLiveParts) => {
  const { policies, texts, publishPolicy, setMode } = parts;
  const publishLogged = async (
    tenantId: string,
    by: string,
    live: StoredPolicy,
    logged: readonly string[],
  ): Promise<number> => {
    const text = (await policies.version(tenantId, live.version))?.source ?? null;
    const changed = texts.withPoolsLogged({ text, document: live.document }, logged);
    const command = { tenantId, document: texts.parse(changed), source: changed, by };
    return (await publishPolicy(command)).version;
  };
  return async ({ tenantId, by, pools }: GoLive): Promise<{ readonly version: number }> => {
    const live = await policies.live(tenantId);
    if (live === null)
      throw new AppError('no_policy', 'Publish a policy first: there is nothing to go live with.', {
        status: 409,
      });
    const all = readPolicy(live).policy.pools;
    const unknown = pools?.find((id) => !all.some((pool) => pool.id === id));
    if (unknown !== undefined)
      throw new AppError(
        'unknown_pool',
        `The live policy has no pool ${unknown}: GET /api/v1/overview lists its pools.`,
        { status: 422 },
      );
    const logged = all.filter(({ id }) => pools !== null && !pools.includes(id)).map(({ id }) => id);
    const before = all.filter(({ logOnly }) => logOnly === true).map(({ id }) => id);
    const same = logged.join() === before.join();
    const version = same ? live.version : await publishLogged(tenantId, by, live, logged);
    await setMode({ tenantId, mode: 'live', by });
    return { version };
  };
};
