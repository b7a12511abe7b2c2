import { options } from './format.ts';
import { html, type Markup } from './html.ts';

/** A place the navigation leads to. */
export interface Link {
  readonly path: string;
  readonly label: string;
}

/** A vendor in the navigation, with its pages. */
export interface Place {
  readonly slug: string;
  readonly label: string;
  readonly tabs: readonly Link[];
  /** The form for a new record; null: it has none. */
  readonly newPath: string | null;
}

/** What stands around every page. */
export interface Frame {
  /** The company's name. */
  readonly name: string;
  readonly places: readonly Place[];
  /** Stands among the links that lead elsewhere. */
  readonly slack: Place;
  /** Who may use the desk: e-mail and name. */
  readonly people: readonly (readonly [email: string, name: string])[];
  /** E-mail of the person who is using it. */
  readonly as: string;
  readonly fairleadUrl: string;
}

/** A page in its frame. */
export interface Page {
  readonly title: string;
  /** The slug of the place it belongs to; empty: none. */
  readonly here: string;
  /** The path of the tab it belongs to. */
  readonly tab: string;
  /** What the page's script waits for before it fetches `main` again; null: nothing. */
  readonly live: string | null;
}

const asSelect = ({ people, as }: Frame): Markup => html`
  <form method="post" action="/desk/as" class="as">
    <label for="as">You are</label>
    <select id="as" name="as" data-autosubmit>${options(people, as)}</select>
    <noscript><button class="quiet">Change</button></noscript>
  </form>`;

const current = (yes: boolean, kind: 'page' | 'true'): Markup | string =>
  yes ? html`aria-current="${kind}"` : '';

const tabs = ({ tabs: links, label }: Place, page: Page): Markup =>
  html`<nav class="tabs" aria-label="${label}">${links.map(
    (link) => html`<a href="${link.path}" ${current(link.path === page.tab, 'page')}>${link.label}</a>`,
  )}</nav>`;

/** A whole page. */
export const layout = (frame: Frame, page: Page, body: Markup): string => {
  const here = [...frame.places, frame.slack].find(({ slug }) => slug === page.here);
  const newPath = here ? here.newPath : (frame.places[0]?.newPath ?? null);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${frame.name} desk</title>
<link rel="icon" href="/desk/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/desk/assets/desk.css">
<script src="/desk/assets/desk.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
  <a class="brand" href="/"><img src="/desk/assets/icon.svg" alt="" width="28" height="28"><span>${frame.name}</span><em>CRM desk</em></a>
  <nav aria-label="CRMs">
    ${frame.places.map(
      (place) => html`<a href="${place.tabs[0]?.path}" ${current(place === here, 'true')}>${place.label}</a>`,
    )}
  </nav>
  <nav aria-label="Elsewhere" class="elsewhere">
    <a href="${frame.slack.tabs[0]?.path}" ${current(frame.slack === here, 'true')}>${frame.slack.label}</a>
    <a href="${frame.fairleadUrl}">Fairlead</a>
  </nav>
  ${asSelect(frame)}
  ${newPath === null ? '' : html`<a class="button" href="${newPath}" data-new>New lead</a>`}
</header>
${here ? tabs(here, page) : ''}
<main id="main" ${page.live === null ? '' : html`data-live="${page.live}"`}>
${body}
</main>
</body>
</html>`.text;
};
