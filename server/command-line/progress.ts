import { durationInWords } from '../routing/policy/duration.ts';
import type { Terminal } from './terminal.ts';

/** How far a long run has come, for a person who waits. */
export interface Progress {
  readonly step: () => void;
  readonly end: () => void;
}

/** Runs shorter than this need no progress. Leads. */
const LONG = 2000;
const EVERY = 500;
const CLEAR_LINE = '\r\u001b[K';

const SILENT: Progress = Object.freeze({ step: () => {}, end: () => {} });

/**
 * Shows `12,000 of 100,000 leads, 8 seconds left` on one line of a terminal; nothing where nobody looks or the run is
 * short.
 */
export const createProgress = (
  { err, now }: Pick<Terminal, 'err' | 'now'>,
  total: number,
  what = 'leads',
): Progress => {
  if (err.isTTY !== true || total < LONG) return SILENT;
  const of = total.toLocaleString('en');
  const begun = now();
  let done = 0;
  return {
    step: () => {
      done++;
      if (done % EVERY !== 0) return;
      const left = Math.ceil((((now() - begun) / done) * (total - done)) / 1000) * 1000;
      err.write(`${CLEAR_LINE}${done.toLocaleString('en')} of ${of} ${what}, ${durationInWords(left)} left`);
    },
    end: () => {
      err.write(CLEAR_LINE);
    },
  };
};
