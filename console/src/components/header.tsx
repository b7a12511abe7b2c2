import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { follow, useOnPolicyPage, useOwnPage } from '../lib/route.ts';
import { Brand } from './brand.tsx';
import { ConnectionChips } from './connection-chips.tsx';
import { ModeSwitch } from './mode-switch.tsx';

export const Header = ({ overview }: { overview: Overview | null }) => (
  <header className="header">
    <div className="header-inner">
      <h1 className="header-title">
        <Brand />
        {overview && <span className="tenant">{overview.tenant.name}</span>}
      </h1>
      <Pages />
      <ConnectionChips connections={overview?.connections ?? []} />
      {overview && <ModeSwitch tenant={overview.tenant} />}
      <SchemeToggle />
    </div>
  </header>
);

function Pages() {
  const policy = useOnPolicyPage();
  const own = useOwnPage();
  const link = (path: string, name: string, here: boolean) => (
    <a href={path} onClick={follow(path)} aria-current={here ? 'page' : undefined}>
      {name}
    </a>
  );
  return (
    <nav className="pages" aria-label="Pages">
      {link('/', 'Live', !policy && own === null)}
      {link('/policy', 'Policy', policy)}
      {link('/audit', 'Audit', own?.page === 'audit')}
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
