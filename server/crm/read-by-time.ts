/** What one call of a list brings. `next`: where the list itself goes on; null: it has ended. */
export interface TimedPage<Row, Place> {
  readonly rows: readonly Row[];
  readonly next: Place | null;
}

interface TimedList<Row, Place> {
  /** What changed since an instant (epoch ms), oldest first. */
  readonly page: (since: number, place: Place | null) => Promise<TimedPage<Row, Place>>;
  readonly idOf: (row: Row) => string;
  /** The instant from which on a list holds this row, and what else changed as late; epoch ms. */
  readonly from: (row: Row) => number;
  readonly mostPages: number;
}

/**
 * Reads what changed since an instant. A list goes on by counting rows: one that is changed or removed between two pages
 * moves the rest up by one, and the row at the edge would be passed over. So the next page begins at the moment where the
 * one before ended, and only within one moment is it counted. Each row once, as it was last; `goOn`: where the next look
 * begins, epoch ms; null: this one saw all there is.
 */
export const readByTime = async <Row, Place>(
  since: number,
  { page, idOf, from, mostPages }: TimedList<Row, Place>,
): Promise<{ readonly rows: readonly Row[]; readonly goOn: number | null }> => {
  const found = new Map<string, Row>();
  let reached = since;
  let place: Place | null = null;
  for (let read = 0; read < mostPages; read++) {
    const { rows, next } = await page(reached, place);
    for (const row of rows) {
      found.delete(idOf(row));
      found.set(idOf(row), row);
    }
    if (next === null) return { rows: [...found.values()], goOn: null };
    const last = rows.length === 0 ? Number.NaN : from(rows.at(-1)!);
    place = last > reached ? null : next;
    if (last > reached) reached = last;
  }
  return { rows: [...found.values()], goOn: reached };
};

interface Clocks {
  /** Ours; epoch ms. */
  readonly now: number;
  /** How late a change may show, with the moment it began. Milliseconds. */
  readonly overlapMs: number;
}

/**
 * Where the next look begins, by the vendor's own clock, as ours may be ahead of it: a little before the last change that
 * was seen and, once nothing has changed for a while, at it, so that a burst is not read over and over in the silence
 * after it. `last`: epoch ms; NaN: nothing was seen.
 */
export const nextLook = (since: number, last: number, { now, overlapMs }: Clocks): number => {
  if (Number.isNaN(last)) return since;
  const quiet = now - last > 2 * overlapMs;
  return Math.max(since, quiet ? last : last - overlapMs);
};
