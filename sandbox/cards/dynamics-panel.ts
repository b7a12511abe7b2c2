import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { html } from '../desk/html.ts';
import type { DynamicsSandbox } from '../dynamics/create-dynamics.ts';
import { embedFiles } from './embed-files.ts';

/** The address of a lead's form as a user of the environment sees it, below where the cards are mounted. */
export const dynamicsPanelPath = (userId: string, id: string): string =>
  `/dynamics/${userId}/form?${new URLSearchParams({ id })}`;

/** The lead's form with nothing on it but the web resource, and the form's library. */
const formPage = (data: string): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lead form</title>
<style>body { margin: 0 } iframe { display: block; inline-size: 100%; border: 0 }</style>
</head>
<body>
<iframe title="Lead routing" src="WebResources/panel.html?${`${new URLSearchParams({ data })}`}"></iframe>
<script src="client-api.js"></script>
<script src="WebResources/form.js"></script>
<script>openForm(Fairlead);</script>
</body>
</html>`.text;

/** The web resource on a lead's form, and what the form's client API asks of the environment as the user. */
export const dynamicsPanel = (dynamics: DynamicsSandbox, target: { readonly publicUrl: string }): Router => {
  const router = Router();
  router.get('/:userId/form', (_req, res) => void res.send(formPage(target.publicUrl)));
  router.get('/:userId/client-api.js', (_req, res) =>
    res.sendFile(fileURLToPath(new URL('assets/dynamics-client-api.js', import.meta.url))),
  );
  router.get('/:userId/WebResources/:name', embedFiles('dynamics'));
  router.get('/:userId/api/:row', (req, res) => {
    const search = new URL(req.originalUrl, 'http://form').searchParams;
    const { status, body } = dynamics.readAs(req.params.userId, req.params.row, search);
    res.status(status).json(body);
  });
  return router;
};
