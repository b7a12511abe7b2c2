import { LONGEST_TRY } from './bounds.ts';

/** An owner we wrote, or are about to write. `endedAt`: when its delivery ended; null while it is under way. */
interface Written {
  readonly ownerId: string;
  readonly writtenAt: number;
  readonly endedAt: number | null;
}

/** How far a vendor's clock, and the moment it calls the change, may lie from ours. Milliseconds. */
export const ECHO_WINDOW_MS = 60_000;

/**
 * Whether a change of owner is the echo of our own write or somebody's choice. An echo equals an intent of the same
 * record, and happened between the intent's commit and the moment its delivery ended, give or take the window. `at` is
 * the vendor's time of the change, in epoch milliseconds: a push may arrive hours late and is judged all the same.
 */
export const classifyOwnerEvent = (
  intents: readonly Written[],
  ownerId: string | null,
  at: number,
): 'echo' | 'outside' =>
  intents.some(
    (intent) =>
      intent.ownerId === ownerId &&
      at >= intent.writtenAt - ECHO_WINDOW_MS &&
      (intent.endedAt === null || at <= intent.endedAt + ECHO_WINDOW_MS),
  )
    ? 'echo'
    : 'outside';

/** One that says whom it was to replace, as far as was known. */
interface Replacing extends Written {
  readonly expectedOwnerId: string | null;
}

/** How far a vendor's clock, which is kept as well as ours, may be from it. Milliseconds. */
const CLOCKS_APART_MS = 1_000;

/**
 * Whether something certainly happened after a write of ours had landed. One whose end was stored long after (the process
 * died in between) landed with its first try, if ever. `at`: the vendor's time; undefined: unknown.
 */
export const isAfter = ({ writtenAt, endedAt }: Written, at: number | undefined): boolean =>
  at !== undefined &&
  at > Math.min(endedAt ?? Number.POSITIVE_INFINITY, writtenAt + LONGEST_TRY) + CLOCKS_APART_MS;

/** Whether it is known when a write landed: its end was, or may yet be, stored by the try that made it. */
export const isTimed = ({ writtenAt, endedAt }: Written, now: number): boolean =>
  (endedAt ?? now) - writtenAt <= LONGEST_TRY;

/**
 * Whether a write of ours went over a choice that nobody could see: somebody chose `ownerId` between our look and our
 * write. Then the owner that stands is ours, yet it was to replace another one than the one chosen.
 */
export const wentOver = (write: Replacing, ownerId: string, at: number): boolean =>
  ownerId !== write.ownerId &&
  ownerId !== write.expectedOwnerId &&
  at >= write.writtenAt - CLOCKS_APART_MS &&
  (write.endedAt === null || at <= write.endedAt + CLOCKS_APART_MS);
