import { badInput } from './bad-input.ts';
import { needed, parseOptions } from './options.ts';

/** What `audit` is asked to do. */
export interface AuditOptions {
  readonly leads: string;
  readonly columns: { readonly owner: string; readonly at: string };
  /** A file of reps, whose hours are set beside arrivals; null: none. */
  readonly reps: string | null;
  /** The zone hours of the day are told in. */
  readonly timezone: string;
  readonly json: boolean;
}

const OPTIONS = {
  leads: { type: 'string' },
  'owner-column': { type: 'string' },
  'at-column': { type: 'string' },
  reps: { type: 'string' },
  timezone: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Reads the arguments after `audit`. Throws BadInput. */
export const auditOptions = (args: readonly string[]): AuditOptions => {
  const given = parseOptions(args, OPTIONS);
  return {
    leads: needed(given.leads, '--leads is missing; name the file of leads'),
    columns: {
      owner: needed(
        given['owner-column'],
        '--owner-column is missing; name the column that says who has the lead',
      ),
      at: given['at-column'] ?? 'arrived_at',
    },
    reps: given.reps ?? null,
    timezone: zone(given.timezone ?? 'UTC'),
    json: given.json ?? false,
  };
};

const zone = (name: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw badInput(null, null, `--timezone: ${name} is no time zone; write one such as America/New_York`);
  }
};
