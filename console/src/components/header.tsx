import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useMe } from '../api/use-me.ts';
import { follow, type Page, usePage } from '../lib/route.ts';
import { Brand } from './brand.tsx';
import { ConnectionChips } from './connection-chips.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { Who } from './who.tsx';

export function Header({ overview }: { overview: Overview | null }) {
  const { data: me } = useMe();
  const workspace = overview?.tenant.name ?? me?.workspace;
  return (
    <header className="header">
      <div className="header-inner">
        <h1 className="header-title">
          <Brand />
          {workspace !== undefined && <span className="tenant">{workspace}</span>}
        </h1>
        <Pages />
        <ConnectionChips connections={overview?.connections ?? []} />
        {overview && <ModeSwitch tenant={overview.tenant} />}
        <Who />
        <SchemeToggle />
      </div>
    </header>
  );
}

const PAGES: readonly (readonly [path: string, name: string, page: Page])[] = [
  ['/', 'Live', 'live'],
  ['/policy', 'Policy', 'policy'],
  ['/audit', 'Audit', 'audit'],
  ['/settings', 'Settings', 'settings'],
  ['/me', 'My leads', 'me'],
];

function Pages() {
  const here = usePage();
  const { data: me } = useMe();
  const shown = (page: Page): boolean => (page === 'me' ? Boolean(me?.rep) : !me || me.may.includes('read'));
  return (
    <nav className="pages" aria-label="Pages">
      {PAGES.filter(([, , page]) => shown(page)).map(([path, name, page]) => (
        <a key={path} href={path} onClick={follow(path)} aria-current={page === here ? 'page' : undefined}>
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
