import type { ThreadWorkKind } from '../assignments/thread-port.ts';

/** What a thread is told. Of a piece of work first `begin`, then pages, then `end`; one piece at a time. */
export type ToThread =
  | { readonly kind: 'begin'; readonly work: ThreadWorkKind; readonly input: unknown }
  | { readonly kind: 'page'; readonly page: unknown }
  | { readonly kind: 'end' };

/** What a thread says: that it has taken what it was told, the answer, or what went wrong. */
export type FromThread =
  | { readonly kind: 'taken' }
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A piece of work under way in a thread. */
export interface Job<Page, Answer> {
  readonly take: (page: Page) => void;
  readonly end: () => Answer;
}
