import type { Json } from './model.ts';
import type { SlackStore } from './store.ts';

/** Shows a message of the app in a channel: to everybody there, or to one person only (`ephemeralTo`). */
export const showMessage = (
  store: SlackStore,
  channel: string,
  text: string,
  blocks: readonly Json[],
  ephemeralTo: string | null,
): void =>
  store.add({
    channel,
    ts: store.nextTs(),
    text,
    blocks,
    metadata: null,
    edited: false,
    ephemeralTo,
    locked: false,
  });
