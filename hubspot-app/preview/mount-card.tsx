import type { ExtensionPointApi } from '@hubspot/ui-extensions';
import { createRemoteReceiver, createRemoteRoot } from '@remote-ui/core';
import { createRoot as createRemoteReactRoot } from '@remote-ui/react';
import { createController, RemoteRenderer } from '@remote-ui/react/host';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { components } from './components/components.ts';
import { Frame } from './frame.tsx';
import type { PageSettings } from './page-settings.ts';

type Sidebar = ExtensionPointApi<'crm.record.sidebar'>;
export type RenderCard = (api: Pick<Sidebar, 'context' | 'actions'>) => ReactElement;

/** Stands in for HubSpot's record page: gives the card its context, and draws what it renders. */
export function mountCard(render: RenderCard, settings: PageSettings): void {
  const receiver = createRemoteReceiver();
  const remote = createRemoteRoot(receiver.receive);
  const place = document.getElementById('card')!;
  createRoot(place).render(
    <Frame>
      <RemoteRenderer receiver={receiver} controller={createController(components)} />
    </Frame>,
  );
  createRemoteReactRoot(remote).render(render({ context: contextOf(settings), actions: actionsOf() }));
  remote.mount();
}

const contextOf = ({ user, portalId, objectId, objectTypeId }: PageSettings): Sidebar['context'] => ({
  location: 'crm.record.sidebar',
  user: { ...user, emails: [user.email], roles: [], teams: [], permissions: [] },
  portal: { id: portalId, timezone: 'UTC' },
  crm: { objectId, objectTypeId },
  // Any origin does: requests are sent to `fetchUrl`.
  variables: { SERVICE_URL: 'https://service.invalid' },
});

/** HubSpot's page would read the record again: so may a page that frames this one. */
const recordChanged = (): void => window.parent.postMessage({ fairlead: 'record-changed' }, '*');

/** That page says the same when something else changed the record. */
const onRecordChange = (tell: () => void): void =>
  window.addEventListener('message', ({ data, source }: MessageEvent<{ fairlead?: string } | null>) => {
    // Without a page around it the card hears what it says itself.
    if (source !== window && data?.fairlead === 'record-changed') tell();
  });

const actionsOf = (): Sidebar['actions'] =>
  ({
    addAlert: (detail) => void window.dispatchEvent(new CustomEvent('card-alert', { detail })),
    refreshObjectProperties: recordChanged,
    reloadPage: recordChanged,
    onCrmPropertiesUpdate: (_properties, changed) => onRecordChange(() => changed({})),
  }) satisfies Partial<Sidebar['actions']> as unknown as Sidebar['actions'];
