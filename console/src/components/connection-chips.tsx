import { Tooltip } from '@mantine/core';
import type { Overview } from '../../../server/assignments/queries.ts';

const VENDORS: Readonly<Record<string, string>> = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  dynamics: 'Dynamics 365',
  zoho: 'Zoho CRM',
  pipedrive: 'Pipedrive',
  slack: 'Slack',
};

const STATUS: Readonly<Record<string, string>> = {
  active: 'connected',
  needs_reconnecting: 'needs reconnecting',
  disconnected: 'disconnected',
};

/** One chip a connection, with its health said as well as coloured. */
export const ConnectionChips = ({ connections }: { connections: Overview['connections'] }) => (
  <ul className="chips" aria-label="Connections">
    {connections.map(({ id, vendor, name, status, url }) => (
      <li key={id}>
        <Tooltip label={`${name}: ${STATUS[status] ?? status}`}>
          <a
            className="chip"
            data-ok={status === 'active'}
            href={url ?? undefined}
            target="_blank"
            rel="noreferrer"
          >
            <i className="dot" data-ok={status === 'active'} />
            {VENDORS[vendor] ?? vendor}
            <span className={status === 'active' ? 'sr' : undefined}> {STATUS[status] ?? status}</span>
          </a>
        </Tooltip>
      </li>
    ))}
  </ul>
);
