/**
 * Writes what comes while a write is under way in one write after it, in the order it came: `write` gets items of one
 * group only. Rejects for all of a write that failed.
 */
export const createTogether = <T>(
  groupOf: (item: T) => string,
  write: (items: readonly T[]) => Promise<void>,
): ((item: T) => Promise<void>) => {
  const waiting = new Map<string, { items: T[]; written: Promise<void> }>();
  const last = new Map<string, Promise<void>>();
  return (item) => {
    const group = groupOf(item);
    const open = waiting.get(group);
    if (open !== undefined && open.items.length < MOST) {
      open.items.push(item);
      return open.written;
    }
    const items = [item];
    const written = (last.get(group) ?? Promise.resolve()).then(() => {
      if (waiting.get(group)?.items === items) waiting.delete(group);
      return write(items);
    });
    waiting.set(group, { items, written });
    const settled = written.then(
      () => undefined,
      () => undefined,
    );
    last.set(group, settled);
    settled.then(() => {
      if (last.get(group) === settled) last.delete(group);
    });
    return written;
  };
};

/** Items a write takes at most. */
const MOST = 500;
