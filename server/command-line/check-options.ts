import { badInput } from './bad-input.ts';
import { parseOptions } from './options.ts';

/** What `check` is asked to do. */
export interface CheckOptions {
  readonly policy: string;
  /** A file of reps instead of the policy's own; null: the policy's. */
  readonly reps: string | null;
  /** Leads a month that the caps must take; null: not looked at. */
  readonly volume: number | null;
  /** A file of leads that the caps must take; null: not looked at. */
  readonly leads: string | null;
  readonly format: 'text' | 'json' | 'github';
}

const OPTIONS = {
  policy: { type: 'string' },
  reps: { type: 'string' },
  volume: { type: 'string' },
  leads: { type: 'string' },
  json: { type: 'boolean' },
  format: { type: 'string' },
} as const;

/** Reads the arguments after `check`. Throws BadInput. */
export const checkOptions = (args: readonly string[]): CheckOptions => {
  const { policy, reps = null, volume, leads = null, json = false, format } = parseOptions(args, OPTIONS);
  if (policy === undefined) throw badInput(null, null, '--policy is missing; name the policy file');
  if (format !== undefined && format !== 'github')
    throw badInput(null, null, `--format: ${format} is no format; write github, or use --json`);
  if (format !== undefined && json) throw badInput(null, null, 'write either --json or --format github');
  return { policy, reps, volume: volumeOf(volume), leads, format: json ? 'json' : (format ?? 'text') };
};

const volumeOf = (text: string | undefined): number | null => {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw badInput(null, null, `--volume: ${text} is no number of leads; write a whole number a month`);
};
