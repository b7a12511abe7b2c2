import type { OfferCard } from '../../server/assignments/views.ts';

/** How one rep stands to a lead: what their card has to say. */
export type Standing =
  | { readonly kind: 'open' }
  | { readonly kind: 'yours'; readonly written: OfferCard['written'] }
  | { readonly kind: 'taken'; readonly by: string }
  | { readonly kind: 'declined'; readonly by: string | null }
  | { readonly kind: 'missed'; readonly by: string | null }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'in_queue' }
  | { readonly kind: 'closed' };

/** The standing of a rep, from the assignment's present state and how their own offer ended. */
export const standingOf = (card: OfferCard, repId: string): Standing => {
  if (card.state === 'offered' && card.offeredTo.some((one) => one.id === repId)) return { kind: 'open' };
  if (card.state === 'assigned' && card.rep?.id === repId) return { kind: 'yours', written: card.written };
  const by = card.state === 'assigned' ? (card.rep?.name ?? null) : null;
  if (card.yours === 'declined') return { kind: 'declined', by };
  if (card.yours === 'missed') return { kind: 'missed', by };
  switch (card.state) {
    case 'offered':
      return { kind: 'elsewhere' };
    case 'assigned':
      return by === null ? { kind: 'elsewhere' } : { kind: 'taken', by };
    case 'waiting':
    case 'in_queue':
    case 'closed':
      return { kind: card.state };
    default:
      return card.state satisfies never;
  }
};
