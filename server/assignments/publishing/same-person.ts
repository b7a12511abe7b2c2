import type { KeyHolders } from '../key-ports.ts';

/**
 * Whether a caller is, or can act as, one of some others: an API key counts as whoever made it or replaced its secret,
 * and all keys of one person count as that person.
 */
export const isAmong = async (
  { behind }: KeyHolders,
  tenantId: string,
  caller: string,
  others: readonly string[],
): Promise<boolean> => {
  const callers = await behind(tenantId, caller);
  for (const other of others) if (!callers.isDisjointFrom(await behind(tenantId, other))) return true;
  return false;
};
