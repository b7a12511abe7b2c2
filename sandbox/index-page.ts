import { html } from './desk/html.ts';

/** The first page of the sandbox: where everything is. */
export const indexPage = (name: string, fairleadUrl: string, salesforce: boolean): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox of ${name}</title>
<link rel="icon" href="/desk/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/desk/assets/desk.css">
</head>
<body>
<header class="top"><a class="brand" href="/"><img src="/desk/assets/icon.svg" alt="" width="28" height="28"><span>${name}</span><em>sandbox</em></a></header>
<main>
<h1>Everything Fairlead talks to, on this machine</h1>
<p class="sub">Stand-ins for HubSpot, Salesforce and Slack, with the same limits, signatures and errors. Nothing here leaves this computer.</p>
<div class="tiles">
  <a class="card tile" href="/desk/contacts"><strong>CRM desk</strong><span>Contacts, companies and deals of ${name}: who owns them, and why.</span></a>
  ${salesforce ? html`<a class="card tile" href="/desk/salesforce"><strong>Salesforce leads</strong><span>The org's leads, its history, and the Flow that asks Fairlead.</span></a>` : ''}
  <a class="card tile" href="/slack"><strong>Slack</strong><span>Be any of the reps: claim and decline the leads Fairlead offers.</span></a>
  <a class="card tile" href="${fairleadUrl}"><strong>Fairlead</strong><span>The console: leads as they are decided, and the proof of fairness.</span></a>
</div>
</main>
</body>
</html>`.text;
