import type { FieldValue, LeadValues } from '../lead.ts';
import type { Fields } from '../policy/fields.ts';
import type { Finding } from './finding.ts';
import type { Situation } from './situation.ts';

type Shown = Pick<Finding, 'witness' | 'at'>;

/** A finding without a lead that shows it. */
export const NO_WITNESS: Shown = Object.freeze({ witness: null, at: null });

/** A lead as it may be sent: instants are written out. */
export const witnessOf = (fields: Fields, { values, at }: Situation): Shown => ({
  witness: writtenValues(fields, values),
  at: new Date(at).toISOString(),
});

const writtenValues = (fields: Fields, values: LeadValues): Readonly<Record<string, FieldValue>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      fields[name]!.type === 'datetime' ? new Date(value as number).toISOString() : value,
    ]),
  );
