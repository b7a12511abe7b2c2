import type { Policies } from '../assignments/directory-ports.ts';
import type { Alerts, ConnectionInfo } from '../assignments/ports.ts';
import type { Connector } from '../crm/connector.ts';
import type { Chore } from './chore.ts';
import { readSources } from './read-sources.ts';

const EVERY_MS = 600_000;

const KIND = 'source_missing';
const subjectOf = ({ id }: ConnectionInfo): string => `sources of ${id}`;

/**
 * Tells an administrator of policy fields whose source the CRM does not have: such a field is empty for every lead, and
 * nothing else would show it. `sources`: declared field → the vendor's source. The alert ends once all are there.
 */
export const checkSources = async (
  connection: ConnectionInfo,
  connector: Connector,
  sources: Readonly<Record<string, string>>,
  alerts: Pick<Alerts, 'open' | 'close'>,
): Promise<void> => {
  if (connector.missingSources === undefined) return;
  const missing = new Set(await connector.missingSources(connection, Object.values(sources)));
  const fields = Object.entries(sources).filter(([, source]) => missing.has(source));
  if (fields.length === 0) return alerts.close(connection.tenantId, KIND, subjectOf(connection));
  const named = fields.map(([field, source]) => `${source} (the policy’s ${field})`).join(', ');
  await alerts.open(connection.tenantId, {
    kind: KIND,
    subject: subjectOf(connection),
    detail: {
      sources: fields.map(([, source]) => source),
      text: `${connector.name} has no ${named}: leads are decided as if it were empty. Make it again in ${connector.name}, or correct the field in the policy.`,
    },
  });
};

/** Compares the live policy's sources with what each CRM has. */
export const createSourceCheck = (parts: {
  readonly policies: Pick<Policies, 'live'>;
  readonly alerts: Pick<Alerts, 'open' | 'close'>;
}): Chore => ({
  name: 'sources',
  everyMs: (_, { missingSources }) => (missingSources === undefined ? null : EVERY_MS),
  run: async (connection, connector) =>
    checkSources(connection, connector, await readSources(connection, parts.policies), parts.alerts),
});
