import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'vite';
import type { PageSettings } from './page-settings.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** The card with what draws it: everything a page needs, as text. */
export interface CardBundle {
  readonly script: string;
  readonly style: string;
}

/** Bundles the card as HubSpot would run it, with our drawing of HubSpot's components. Takes a second or two. */
export async function bundleCard(): Promise<CardBundle> {
  // Whoever has a bundle already draws pages without a bundler.
  const { build } = await import('vite');
  const output = (await build({
    configFile: false,
    root: HERE,
    logLevel: 'error',
    // One React for the card and its host.
    resolve: { dedupe: ['react', 'react-dom'] },
    build: {
      write: false,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      cssCodeSplit: false,
      rolldownOptions: { input: `${HERE}page.ts`, output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput;
  const find = (ending: string) => output.output.find(({ fileName }) => fileName.endsWith(ending));
  const script = find('.js') as Rolldown.OutputChunk;
  const style = find('.css') as Rolldown.OutputAsset | undefined;
  return { script: script.code, style: String(style?.source ?? '') };
}

/** A page of its own that shows the card of one record; its requests go to `settings.fetchUrl`. */
export const cardPage = ({ script, style }: CardBundle, settings: PageSettings): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Fairlead card</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="card"></div>
<script>globalThis.fairleadPreview = ${safe(JSON.stringify(settings))};</script>
<script>${safe(script)}</script>
</body>
</html>
`;

/** Text that ends no script element early. */
const safe = (text: string): string => text.replaceAll(/<(?=\/script|!--)/gi, '\\x3c');
