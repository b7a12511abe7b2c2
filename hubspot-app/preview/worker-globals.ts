import { mountCard, type RenderCard } from './mount-card.tsx';
import type { PageSettings } from './page-settings.ts';
import { relay } from './relay.ts';

declare global {
  var fairleadPreview: PageSettings;
}

/** What HubSpot's worker gives the package: how to render, how to fetch, where to log. */
Object.assign(globalThis, {
  __HUBSPOT_EXTENSION_WORKER__: true,
  extend_V2: (render: RenderCard) => mountCard(render, globalThis.fairleadPreview),
  hsFetch: relay(() => globalThis.fairleadPreview.fetchUrl),
  hsWorkerAPI: {},
  logger: console,
});
