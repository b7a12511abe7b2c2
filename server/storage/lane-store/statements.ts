import { readFileSync } from 'node:fs';
import type { Statement } from '../storage.ts';

/** One of the statements beside this file, with its values. */
export const statement = (name: StatementName, ...parameters: readonly unknown[]): Statement => ({
  sql: textOf(name),
  parameters,
});

export type StatementName =
  | 'lock-lane'
  | 'find-replies'
  | 'find-leads'
  | 'find-waiting'
  | 'find-open-offers'
  | 'find-untouched'
  | 'find-outside-changes'
  | 'find-native-rules'
  | 'find-account-leads'
  | 'find-left-records'
  | 'find-own-leads'
  | 'find-account-people'
  | 'find-due'
  | 'find-next-due'
  | 'find-running-clocks'
  | 'count-own-work'
  | 'read-clock'
  | 'read-policy'
  | 'read-reps'
  | 'read-identities'
  | 'read-connections'
  | 'read-balances'
  | 'read-loads'
  | 'write-leads'
  | 'write-lead-records'
  | 'write-snapshots'
  | 'write-assignments'
  | 'write-clocks'
  | 'write-decisions'
  | 'write-events'
  | 'write-adjustments'
  | 'find-adjustments'
  | 'write-entries'
  | 'write-balances'
  | 'write-loads'
  | 'write-replies'
  | 'supersede-cards'
  | 'write-deliveries'
  | 'write-intents'
  | 'write-alerts'
  | 'settle-alerts'
  | 'erase-leads'
  | 'write-erasures'
  | 'mark-unreachable'
  | 'wake-homes'
  | 'write-moves'
  | 'write-lane';

const texts = new Map<StatementName, string>();

const textOf = (name: StatementName): string => {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');
  texts.set(name, text);
  return text;
};
