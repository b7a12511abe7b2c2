import { html, type Markup } from './desk/html.ts';
import type { StandIn } from './stand-in.ts';

interface IndexParts {
  /** The company's name. */
  readonly name: string;
  readonly fairleadUrl: string;
  readonly standIns: readonly StandIn[];
}

const tile = (href: string, title: string, text: string): Markup =>
  html`<a class="card tile" href="${href}"><strong>${title}</strong><span>${text}</span></a>`;

/** A stand-in that can be switched. */
const standInTile = (slug: string, name: string, href: string, text: string): Markup =>
  html`<div class="card tile"><a href="${href}"><strong>${name}</strong><span>${text}</span></a><a class="aside" href="/desk/${slug}/switches">Switches <span class="hidden">of ${name}</span></a></div>`;

const crmTile = ({ slug, name, desk }: StandIn): Markup => {
  const what = desk ? `The ${desk.noun}s` : 'Contacts, companies and deals';
  return standInTile(slug, name, `/desk/${slug}`, `${what}: who owns them, and why.`);
};

/** The first page of the sandbox: where everything is. */
export const indexPage = ({ name, fairleadUrl, standIns }: IndexParts): string => {
  const crms = standIns.filter(({ desk }) => desk?.present() ?? true);
  const names = [...crms.map((one) => one.name), 'Slack'];
  const list = new Intl.ListFormat('en').format(names);
  return html`<!doctype html>
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
<p class="sub">Stand-ins for ${list}, with the same limits, signatures and errors. Nothing here leaves this computer.</p>
<h2 class="over">CRMs</h2>
<div class="tiles">${crms.map(crmTile)}</div>
<h2 class="over">Around them</h2>
<div class="tiles">
  ${standInTile('slack', 'Slack', '/slack', 'Be any of the reps: claim and decline the leads Fairlead offers.')}
  ${tile(fairleadUrl, 'Fairlead', 'The console: leads as they are decided, and the proof of fairness.')}
</div>
</main>
</body>
</html>`.text;
};
