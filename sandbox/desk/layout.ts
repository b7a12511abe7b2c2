import type { Portal } from '../hubspot/portal.ts';
import { ownerName } from './format.ts';
import { html, type Markup } from './html.ts';

/** What stands around every page. */
export interface Frame {
  readonly portal: Portal;
  /** E-mail of the person who is using the desk. */
  readonly as: string;
  readonly fairleadUrl: string;
  /** Whether there is a Salesforce org to show. */
  readonly salesforce: boolean;
}

const NAV = [
  ['contacts', 'Contacts'],
  ['companies', 'Companies'],
  ['deals', 'Deals'],
] as const;

const links = ({ salesforce }: Frame): readonly (readonly [path: string, label: string])[] =>
  salesforce ? [...NAV, ['salesforce', 'Salesforce leads']] : NAV;

const asSelect = ({ portal, as }: Frame): Markup => html`
  <form method="post" action="/desk/as" class="as">
    <label for="as">You are</label>
    <select id="as" name="as" data-autosubmit>
      ${[...portal.owners.values()]
        .filter((owner) => owner.userId !== null)
        .map(
          (owner) =>
            html`<option value="${owner.email}" ${owner.email === as ? html`selected` : ''}>${ownerName(owner)}</option>`,
        )}
    </select>
    <noscript><button class="quiet">Change</button></noscript>
  </form>`;

/** A whole page. `live`: where the page's script fetches `main` again when something changed; null: never. */
export const layout = (
  frame: Frame,
  page: { readonly title: string; readonly here: string; readonly live: string | null },
  body: Markup,
): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${frame.portal.name} desk</title>
<link rel="icon" href="/desk/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/desk/assets/desk.css">
<script src="/desk/assets/desk.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
  <a class="brand" href="/desk/contacts"><img src="/desk/assets/icon.svg" alt="" width="28" height="28"><span>${frame.portal.name}</span><em>CRM desk</em></a>
  <nav aria-label="Records">
    ${links(frame).map(
      ([path, label]) =>
        html`<a href="/desk/${path}" ${page.here === path ? html`aria-current="page"` : ''}>${label}</a>`,
    )}
  </nav>
  <nav aria-label="Elsewhere" class="elsewhere">
    <a href="/slack">Slack</a>
    <a href="${frame.fairleadUrl}">Fairlead</a>
  </nav>
  ${asSelect(frame)}
  <a class="button" href="/desk/new">New lead</a>
</header>
<main id="main" ${page.live === null ? '' : html`data-live="${page.live}"`}>
${body}
</main>
</body>
</html>`.text;
