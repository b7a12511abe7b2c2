import { z } from 'zod';
import type { ConnectionRow } from './connection-store.ts';
import type { SealContext, Vault } from './vault.ts';

const grant = z.object({
  accessToken: z.string().nullable(),
  refreshToken: z.string().nullable(),
  /** Epoch milliseconds. */
  obtainedAt: z.number(),
  /** Epoch milliseconds; null: it does not expire. */
  expiresAt: z.number().nullable(),
});

/** The tokens of one connection. */
export type Grant = z.infer<typeof grant>;

type Owner = Pick<ConnectionRow, 'id' | 'tenantId'>;

/** What the tokens of a connection are sealed for. */
export const grantContext = ({ id, tenantId }: Owner): SealContext => ({
  tenantId,
  connectionId: id,
  field: 'tokens',
});

export const sealGrant = (vault: Vault, owner: Owner, tokens: Grant): Promise<string> =>
  vault.seal(grantContext(owner), JSON.stringify(tokens));

/** null: the connection has no tokens. */
export const openGrant = async (
  vault: Vault,
  row: Owner & { readonly tokens: string | null },
): Promise<Grant | null> =>
  row.tokens === null ? null : grant.parse(JSON.parse(await vault.open(grantContext(row), row.tokens)));
