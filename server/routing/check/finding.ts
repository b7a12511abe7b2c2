import type { FieldValue } from '../lead.ts';

/** What a finding is about: docs/check.md says each. */
export const FINDING_CODES = [
  'contradiction',
  'shadowed',
  'overlap',
  'gap',
  'unservable',
  'unreachable_member',
  'capacity',
  'impossible_type',
  'undetermined',
  'test_failed',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Something proven of a policy, for people and programs. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: FindingCode;
  /** Ids: first the rule it is about, then those that make it so. */
  readonly rules: readonly string[];
  /** What it is about besides rules. */
  readonly pool?: string;
  readonly rep?: string;
  /** A sentence that says what is wrong and what to do. */
  readonly message: string;
  /** A lead that shows it, by declared field; null: no lead can. A missing field has no value. */
  readonly witness: Readonly<Record<string, FieldValue>> | null;
  /** When the witness arrives, ISO 8601; null with no witness. */
  readonly at: string | null;
}

/** The order in which findings are told. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
