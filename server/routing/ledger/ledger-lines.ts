import { hash } from 'node:crypto';
import type { Posting } from '../state.ts';
import { repsOf } from './balance.ts';

/** An entry as it stands in the ledger. `seq`: its place there. */
export interface PostedEntry {
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: string;
  readonly decisionId: string | null;
  readonly posting: Posting;
}

/** The columns of a ledger as a table: one line for each rep that an entry touches. Amounts in millionths of a lead. */
export const LEDGER_COLUMNS = [
  'seq',
  'at',
  'kind',
  'decision',
  'rep',
  'owed',
  'charged',
  'banked',
  'released',
] as const;

/** An entry's lines, in the order of rep ids. */
export const ledgerLines = ({ seq, at, kind, decisionId, posting }: PostedEntry): readonly string[][] => {
  const { owed, charged, banked, released } = posting;
  const when = new Date(at).toISOString();
  return [...repsOf(posting)]
    .sort()
    .map((rep) => [
      String(seq),
      when,
      kind,
      decisionId ?? '',
      rep,
      ...[owed[rep], charged[rep], banked[rep], released[rep]?.amount].map((amount) => String(amount ?? 0)),
    ]);
};

/** What a chain of digests begins with: no entries. */
export const NO_ENTRIES = `sha256:${'0'.repeat(64)}`;

/**
 * Carries a ledger's digest on by one entry: SHA-256 of the digest before and the entry's lines, cells parted by tabs.
 * Who kept an earlier digest can tell that nothing before it was changed since.
 */
export const chainEntry = (before: string, lines: readonly (readonly string[])[]): string =>
  `sha256:${hash('sha256', [before, ...lines.map((cells) => cells.join('\t'))].join('\n'), 'hex')}`;
