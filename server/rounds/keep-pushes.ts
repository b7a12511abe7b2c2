import type { Chore } from './chore.ts';

const EVERY_MS = 3_600_000;
const AGAIN_MS = 60_000;

/** Sees to it that vendors go on pushing: registers what is missing, renews what will lapse. */
export const keepPushes: Chore = {
  name: 'push',
  everyMs: (_, { keepPush }) => (keepPush === undefined ? null : EVERY_MS),
  againMs: AGAIN_MS,
  run: async (connection, { keepPush }) => keepPush?.(connection),
};
