import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useMe } from '../api/use-me.ts';
import { follow, type Page } from '../lib/route.ts';
import { Brand } from './brand.tsx';
import { ConnectionMenu } from './connection-menu.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { Who } from './who.tsx';

export function Header({ overview, page }: { overview: Overview | null; page: Page }) {
  const { data: me } = useMe();
  const workspace = overview?.tenant.name ?? me?.workspace;
  return (
    <header className="header">
      <div className="header-inner">
        <h1 className="header-title">
          <Brand />
          {workspace !== undefined && <span className="tenant">{workspace}</span>}
        </h1>
        <Pages here={page} tenant={overview?.tenant ?? null} />
        {overview && <ConnectionMenu connections={overview.connections} />}
        {overview && overview.tenant.policyVersion > 0 && <ModeSwitch tenant={overview.tenant} />}
        <Who />
        <SchemeToggle />
      </div>
    </header>
  );
}

const PAGES: readonly (readonly [path: string, name: string, page: Page])[] = [
  ['/start', 'Getting started', 'start'],
  ['/', 'Live', 'live'],
  ['/policy', 'Policy', 'policy'],
  ['/compare', 'Compare', 'compare'],
  ['/audit', 'Audit', 'audit'],
  ['/settings', 'Settings', 'settings'],
  ['/me', 'My leads', 'me'],
];

/** Whether a page has its place yet: the first steps until everything is live, the others once there is a policy. */
const hasPlace = (page: Page, here: Page, tenant: Overview['tenant'] | null): boolean => {
  const begun = tenant === null || tenant.policyVersion > 0;
  if (page === here) return true;
  if (page === 'start') return tenant !== null && (!begun || tenant.mode === 'log_only');
  if (page === 'compare') return begun && tenant?.mode === 'log_only';
  return begun || page === 'settings' || page === 'me';
};

/** Where the pages do not fit side by side, as on a phone, the one that is looked at is in sight. */
const intoSight = (link: HTMLAnchorElement | null): void =>
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

function Pages({ here, tenant }: { here: Page; tenant: Overview['tenant'] | null }) {
  const { data: me } = useMe();
  const may = (page: Page): boolean => (page === 'me' ? Boolean(me?.rep) : !me || me.may.includes('read'));
  const shownPages = PAGES.filter(([, , page]) => may(page) && hasPlace(page, here, tenant));
  return (
    <nav className="pages" aria-label="Pages">
      {shownPages.map(([path, name, page]) => (
        <a
          key={path}
          href={path}
          ref={page === here ? intoSight : undefined}
          onClick={follow(path)}
          aria-current={page === here || shownPages.length === 1 ? 'page' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  const label = dark ? 'Use light colours' : 'Use dark colours';
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <Sun size={18} /> : <Moon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}
