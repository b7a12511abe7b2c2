import type { ConnectionInfo } from '../../assignments/ports.ts';
import { propertiesByType } from '../sources.ts';
import type { CallHubspot } from './client.ts';
import { PATHS } from './facts.ts';
import { toFailure } from './failures.ts';
import { propertiesReply, readBody } from './shapes.ts';

/**
 * Those of the sources that the account has no property for: HubSpot passes over an unknown one on reading, so that a
 * deleted property looks like an empty one. One call per object type. Throws AppError `crm_read_failed`.
 */
export const missingSources = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  sources: readonly string[],
): Promise<readonly string[]> => {
  const byType = propertiesByType([Object.fromEntries(sources.map((source) => [source, source]))]);
  const missing: string[] = [];
  for (const [objectType, properties] of byType) {
    const known = await propertyNames(call, connection, objectType);
    if (known === null) continue;
    missing.push(
      ...[...properties].filter((name) => !known.has(name)).map((name) => `${objectType}.${name}`),
    );
  }
  return missing;
};

/** null: the account does not let the app see them. An object type it does not have has none. */
const propertyNames = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: string,
): Promise<ReadonlySet<string> | null> => {
  const reply = await call(connection, {
    method: 'GET',
    path: PATHS.properties(objectType),
    purpose: 'background',
  });
  if (reply.status === 403) return null;
  if (reply.status >= 400 && toFailure(reply).code === 'no_such_object') return new Set();
  return new Set(readBody(propertiesReply, reply).results.map(({ name }) => name));
};
