import { Button, Menu } from '@mantine/core';
import { ChevronDown, Plug } from 'lucide-react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useConnectionUsage } from '../api/use-connections.ts';
import { follow, go } from '../lib/route.ts';
import { VENDORS } from '../lib/vendors.ts';
import { LimitGauge, shareOf } from './limit-gauge.tsx';

type Connection = Overview['connections'][number];

const STATUS: Readonly<Record<string, string>> = {
  active: 'connected',
  needs_reconnecting: 'needs reconnecting',
  uninstalled: 'removed there',
  disconnected: 'disconnected',
};

const ORDER = Object.keys(VENDORS);
const placeOf = ({ vendor }: Connection): number => ORDER.indexOf(vendor);
const nameOf = ({ vendor }: Connection): string => VENDORS[vendor] ?? vendor;
const saysOf = ({ status }: Connection): string => STATUS[status] ?? status;

/** What holds for all of them, in a word or two. */
const inShort = (connections: readonly Connection[]): string => {
  const [first, ...others] = connections.filter(({ status }) => status !== 'active');
  if (first === undefined) return `${connections.length} connected`;
  return others.length === 0 ? `${nameOf(first)} ${saysOf(first)}` : `${others.length + 1} not connected`;
};

/** Every connection with its health and how full its vendor's limit is, behind one button that says the worst of it. */
export function ConnectionMenu({ connections }: { connections: readonly Connection[] }) {
  const usages = useConnectionUsage();
  if (connections.length === 0)
    return (
      <Button
        component="a"
        href="/connections"
        onClick={follow('/connections')}
        size="compact-md"
        radius="xl"
        variant="default"
        leftSection={<Plug size={14} aria-hidden="true" />}
      >
        Connect a CRM
      </Button>
    );
  const healthy = connections.every(({ status }) => status === 'active');
  const [fullest] = [...usages.values()].toSorted((a, b) => shareOf(b) - shareOf(a));
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <button type="button" className="connections-button" data-ok={healthy}>
          <Plug size={15} aria-hidden="true" />
          <i className="dot" data-ok={healthy} />
          <span className="sr">Connections: </span>
          <span className="connections-short">{inShort(connections)}</span>
          {healthy && fullest && <LimitGauge usage={fullest} />}
          <ChevronDown size={13} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {connections
          .toSorted((a, b) => placeOf(a) - placeOf(b))
          .map((connection) => {
            const usage = usages.get(connection.id);
            const { id, name, status, url } = connection;
            return (
              <Menu.Item
                key={id}
                component="a"
                href={url ?? '/connections'}
                {...(url ? { target: '_blank', rel: 'noreferrer' } : { onClick: follow('/connections') })}
                leftSection={<i className="dot" data-ok={status === 'active'} />}
                rightSection={
                  usage && (
                    <span className="connection-limit">
                      <LimitGauge usage={usage} />
                    </span>
                  )
                }
              >
                {nameOf(connection)} {name !== nameOf(connection) && <span className="muted">{name}</span>}
                <span className={status === 'active' ? 'sr' : 'connection-trouble'}>
                  {' '}
                  {saysOf(connection)}
                </span>
              </Menu.Item>
            );
          })}
        <Menu.Divider />
        <Menu.Item leftSection={<Plug size={15} />} onClick={() => go('/connections')}>
          Connect, test or disconnect…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
