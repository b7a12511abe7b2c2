import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import './styles/base.css';
import './styles/header.css';
import './styles/page.css';
import './styles/connections.css';
import './styles/numbers.css';
import './styles/stream.css';
import './styles/fairness.css';
import './styles/lead.css';
import './styles/narrow.css';
import './compare/compare.css';
import './me/me.css';
import './past/past.css';
import './policy/policy.css';
import './settings/settings.css';
import './start/start.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followInstallReturn } from './lib/install-return.ts';
import { theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: true } },
});

followInstallReturn();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
