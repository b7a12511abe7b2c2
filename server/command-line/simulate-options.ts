import { badInput } from './bad-input.ts';
import { durationOption, instantOption, needed, parseOptions } from './options.ts';

/** What `simulate` is asked to do. */
export interface SimulateOptions {
  readonly policy: string;
  /** The policy it is compared with; null: none. */
  readonly against: string | null;
  readonly leads: string;
  /** Reps in place of the policies' own; null: their own. */
  readonly reps: string | null;
  readonly at: number;
  /** How long a lead is open once a rep has it, in milliseconds; null: `closed_at` says, or it is never closed. */
  readonly handling: number | null;
  /** The column that says who really had the lead; null: nobody knows. */
  readonly ownerColumn: string | null;
  /** Minutes of working time. */
  readonly within: readonly number[];
  readonly json: boolean;
}

const OPTIONS = {
  policy: { type: 'string' },
  against: { type: 'string' },
  leads: { type: 'string' },
  reps: { type: 'string' },
  at: { type: 'string' },
  handling: { type: 'string' },
  'owner-column': { type: 'string' },
  within: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Minutes that answers to new leads are often measured by. */
const USUAL = '5,60';

/** Reads the arguments after `simulate`. `now`: epoch milliseconds. Throws BadInput. */
export const simulateOptions = (args: readonly string[], now: number): SimulateOptions => {
  const given = parseOptions(args, OPTIONS);
  return {
    policy: needed(given.policy, '--policy is missing; name the policy file'),
    against: given.against ?? null,
    leads: needed(given.leads, '--leads is missing; name the file of leads'),
    reps: given.reps ?? null,
    at: instantOption('--at', given.at) ?? now,
    handling: durationOption('--handling', given.handling),
    ownerColumn: given['owner-column'] ?? null,
    within: minutes(given.within ?? USUAL),
    json: given.json ?? false,
  };
};

const minutes = (text: string): readonly number[] =>
  text.split(',').map((part) => {
    const number = Number(part);
    if (part.trim() !== '' && number >= 0) return number;
    throw badInput(null, null, `--within: ${part} is no number of minutes; write them as 5,60`);
  });
