import { wholeText } from '../routing/words/figures.ts';
import type { ExitCode } from './exit-code.ts';
import { parseOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { createLineWriter, type Terminal } from './terminal.ts';

/** What became of everything sealed in the database. */
export interface ResealCounts {
  readonly fresh: number;
  readonly resealed: number;
  readonly forgotten: number;
  /** Where each stands that stayed as it was, and why. */
  readonly failed: readonly { readonly where: string; readonly why: string }[];
}

/** Seals everything the configured database holds anew. `begin` is told how much there is, and returns what each is told to. */
export type Reseal = (asked: {
  readonly forget: boolean;
  readonly begin: (count: number) => () => void;
}) => Promise<ResealCounts | { readonly mistake: string }>;

/**
 * `reseal`: seals all that is sealed with the first key of FAIRLEAD_KEYS, so that the others can go. Ends with 1 where
 * something could not be opened, and with 2 where the service's own settings cannot be worked with.
 */
export const resealCommand =
  (reseal: Reseal) =>
  async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
    const { forget = false } = parseOptions(args, { forget: { type: 'boolean' } } as const);
    const writer = createLineWriter(terminal.out);
    const counts = await reseal({
      forget,
      begin: (count) => createProgress(terminal, count, 'sealed values').step,
    });
    if ('mistake' in counts) {
      terminal.err.write(`${counts.mistake}\n`);
      return 2;
    }
    for (const { where, why } of counts.failed) terminal.err.write(`${where}: ${why}\n`);
    await writer.line(summaryOf(counts));
    await writer.flush();
    return counts.failed.length === 0 ? 0 : 1;
  };

const summaryOf = ({ fresh, resealed, forgotten, failed }: ResealCounts): string =>
  [
    `${wholeText(resealed)} sealed anew, ${wholeText(fresh)} were already.`,
    ...(forgotten > 0
      ? [`${wholeText(forgotten)} could not be opened and were given up: connect those accounts again.`]
      : []),
    failed.length === 0
      ? 'The other keys can go from FAIRLEAD_KEYS, once no process seals with them.'
      : `${wholeText(failed.length)} could not be opened: keep the other keys.`,
  ].join(' ');
