import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { follow, type Page } from '../lib/route.ts';
import { Brand } from './brand.tsx';
import { ConnectionChips } from './connection-chips.tsx';
import { ModeSwitch } from './mode-switch.tsx';

export const Header = ({ overview, page }: { overview: Overview | null; page: Page }) => (
  <header className="header">
    <div className="header-inner">
      <h1 className="header-title">
        <Brand />
        {overview && <span className="tenant">{overview.tenant.name}</span>}
      </h1>
      <Pages page={page} tenant={overview?.tenant ?? null} />
      <ConnectionChips connections={overview?.connections ?? []} />
      {overview && overview.tenant.policyVersion > 0 && <ModeSwitch tenant={overview.tenant} />}
      <SchemeToggle />
    </div>
  </header>
);

/** The first steps stand first until there is a policy, and the comparison beside them until everything is live. */
function Pages({ page, tenant }: { page: Page; tenant: Overview['tenant'] | null }) {
  const link = (path: string, name: string, its: Page) => (
    <a href={path} onClick={follow(path)} aria-current={page === its ? 'page' : undefined}>
      {name}
    </a>
  );
  const begun = tenant === null || tenant.policyVersion > 0;
  const looking = tenant?.mode === 'log_only' || page === 'compare';
  return (
    <nav className="pages" aria-label="Pages">
      {(!begun || looking || page === 'start') && link('/start', 'Getting started', 'start')}
      {begun && link('/', 'Live', 'live')}
      {begun && link('/policy', 'Policy', 'policy')}
      {begun && looking && link('/compare', 'Compare', 'compare')}
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
