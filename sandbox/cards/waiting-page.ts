import { html, type Markup } from '../desk/html.ts';

const page = (body: Markup): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fairlead card</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/desk/assets/desk.css">
</head>
<body class="waiting-card">
<main>${body}</main>
</body>
</html>`.text;

/** Stands in the frame while a card is being built, and is replaced by the card as soon as it is there. */
export const buildingPage = (readyPath: string): string =>
  page(html`<h1 class="hidden">Fairlead card</h1>
<p role="status"><span class="spinner" aria-hidden="true"></span>Building the card. This happens once and takes a few seconds.</p>
<script>fetch('${readyPath}').finally(() => location.reload());</script>`);

/** What stands in the frame when a card could not be built. */
export const failedPage = (why: string): string =>
  page(html`<h1>The card could not be built</h1>
<p>It needs the development packages: run <code>npm ci</code>, then start again.</p>
<details><summary>What went wrong</summary><pre>${why}</pre></details>`);
