import type { DeskReason } from './desk-crm.ts';
import { moment } from './format.ts';

/** What Fairlead wrote into a lead's fields; null: not written. */
export interface Told {
  readonly decision: string | null;
  readonly rule: string | null;
  readonly pool: string | null;
  readonly reason: string | null;
  readonly outcome: string | null;
  readonly decidedAt: string | null;
}

/** What Fairlead wrote, of the values of the fields it writes into. */
export const toldOf = (fields: Partial<Readonly<Record<keyof Told, unknown>>>): Told => {
  const text = (name: keyof Told): string | null => (fields[name] ? String(fields[name]) : null);
  return {
    decision: text('decision'),
    rule: text('rule'),
    pool: text('pool'),
    reason: text('reason'),
    outcome: text('outcome'),
    decidedAt: text('decidedAt'),
  };
};

/** That as a record's page shows it; null: no decision was written. */
export const reasonOf = ({ decision, rule, pool, reason, outcome, decidedAt }: Told): DeskReason | null =>
  decision === null
    ? null
    : {
        text: reason ?? '',
        decision,
        facts: [
          ['Rule', rule],
          ['Pool', pool],
          ['Outcome', outcome],
          ['Decided', decidedAt === null ? null : moment(Date.parse(decidedAt))],
        ],
      };
