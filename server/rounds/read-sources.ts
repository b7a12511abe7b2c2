import type { Policies } from '../assignments/directory-ports.ts';
import { readPolicy } from '../assignments/live-policy.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';

/** Where the live policy's fields are kept in a connection's CRM: declared field → the vendor's source. */
export const readSources = async (
  { tenantId, vendor }: Pick<ConnectionInfo, 'tenantId' | 'vendor'>,
  policies: Pick<Policies, 'live'>,
): Promise<Readonly<Record<string, string>>> => {
  const live = await policies.live(tenantId);
  const fields = live === null ? {} : readPolicy(live).policy.fields;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { sources }]) => {
      const source = vendor === 'slack' ? undefined : sources[vendor];
      return source === undefined ? [] : [[name, source] as const];
    }),
  );
};
