import { html, type Markup } from './html.ts';

/** A record as somebody outside knows it: what a card's address is made of. */
export interface CardRecord {
  readonly crm: 'hubspot' | 'salesforce';
  /** The account's portal id, or the org's id. */
  readonly account: string;
  readonly objectType: string;
  readonly id: string;
  /** E-mail of the person who looks. */
  readonly as: string;
}

/** Where a record's card is shown from; null: this record has none. */
export type CardUrl = (record: CardRecord) => string | null;

/** The card of an app on a record page, framed as the CRMs frame it; nothing without one. */
export const cardFrame = (url: string | null): Markup | null =>
  url === null
    ? null
    : html`<section class="card framed" aria-labelledby="card-h"><h2 id="card-h">Fairlead</h2><iframe src="${url}" title="Fairlead card" loading="lazy"></iframe></section>`;
