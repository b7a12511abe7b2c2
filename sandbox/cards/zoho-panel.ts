import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import type { ZohoSandbox } from '../zoho/create-zoho.ts';
import { recordView } from '../zoho/http/record-view.ts';
import { tableOf } from '../zoho/org.ts';
import { knownModule } from '../zoho/records/context.ts';
import { embedFiles } from './embed-files.ts';

/** The address of a lead's widget as a user of the org sees it, below where the cards are mounted. */
export const zohoPanelPath = (userId: string, id: string): string =>
  `/zoho/${userId}/app/widget.html?${new URLSearchParams({ id })}`;

/** Where the widget has the vendor's script from. */
const SDK = /https:\/\/live\.zwidgets\.com\/js-sdk\/[\d.]+\/ZohoEmbededAppSDK\.min\.js/;

/** The widget on a lead's page, and what the vendor's script asks of the org as the user. */
export const zohoPanel = (zoho: ZohoSandbox, target: { readonly publicUrl: string }): Router => {
  const router = Router();
  router.get(
    '/:userId/app/:name',
    embedFiles('zoho/app', (name, text) => (name === 'widget.html' ? text.replace(SDK, '../sdk.js') : text)),
  );
  router.get('/:userId/sdk.js', (_req, res) =>
    res.sendFile(fileURLToPath(new URL('assets/zoho-sdk.js', import.meta.url))),
  );
  router.get('/:userId/records/:module/:id', (req, res) => {
    const org = zoho.org();
    const module = knownModule(org, req.params.module);
    const row = tableOf(org, module.api_name).get(req.params.id);
    // Nothing found is no rows, and no failure.
    if (row === undefined) return void res.json({});
    const names = module.fields.map(({ api_name }) => api_name);
    res.json({ data: [recordView(org, module, row, names)] });
  });
  router.get('/:userId/variables/fairlead_address', (_req, res) =>
    res.json({ Success: { Content: target.publicUrl } }),
  );
  return router;
};
