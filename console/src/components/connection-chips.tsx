import { Tooltip } from '@mantine/core';
import { Plug } from 'lucide-react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useConnectionUsage } from '../api/use-connections.ts';
import { go } from '../lib/route.ts';
import { VENDORS } from '../lib/vendors.ts';
import { LimitGauge, usageText } from './limit-gauge.tsx';

const STATUS: Readonly<Record<string, string>> = {
  active: 'connected',
  needs_reconnecting: 'needs reconnecting',
  uninstalled: 'removed there',
  disconnected: 'disconnected',
};

const ORDER = Object.keys(VENDORS);
const placeOf = ({ vendor }: { vendor: string }): number => ORDER.indexOf(vendor);

/** One chip a connection, with its health and how full its vendor's limit is, said as well as shown. */
export function ConnectionChips({ connections }: { connections: Overview['connections'] }) {
  const usages = useConnectionUsage();
  return (
    <ul className="chips" aria-label="Connections">
      {connections
        .toSorted((a, b) => placeOf(a) - placeOf(b))
        .map(({ id, vendor, name, status, url }) => {
          const usage = usages.get(id);
          const told = `${name}: ${STATUS[status] ?? status}${usage ? `. ${usageText(usage)}` : ''}`;
          return (
            <li key={id}>
              <Tooltip label={told} events={{ hover: true, focus: true, touch: true }} multiline maw={320}>
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
                  {usage && <LimitGauge usage={usage} />}
                </a>
              </Tooltip>
            </li>
          );
        })}
      <li>
        <a
          className="chip"
          href="/connections"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey) return;
            event.preventDefault();
            go('/connections');
          }}
        >
          <Plug size={14} aria-hidden="true" />
          {connections.length === 0 ? 'Connect a CRM' : 'Connections'}
        </a>
      </li>
    </ul>
  );
}
