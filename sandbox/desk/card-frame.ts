import type { Cards } from '../cards/create-cards.ts';
import { html, type Markup } from './html.ts';

/** Where a record's card is shown from; null: this person has none. */
export type CardUrl = Cards['urlOf'];

/** The card of an app on a record page, framed as the CRMs frame it; nothing without one. */
export const cardFrame = (url: string | null, seenBy: string): Markup | null =>
  url === null
    ? null
    : html`<section class="framed" aria-labelledby="card-h"><h2 id="card-h">Fairlead card <small>as ${seenBy} sees it</small></h2><iframe src="${url}" title="Fairlead card" data-card></iframe></section>`;
