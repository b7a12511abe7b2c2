import type { FieldTest } from '../conditions/condition.ts';
import type { LeadValues } from '../lead.ts';
import type { AccountList } from '../policy/accounts.ts';
import type { AccountFindings } from './account-index.ts';

/**
 * What was found of a lead's account stands beside its values under names that no field can have, so that a condition
 * about it is looked up, indexed and evaluated like one about a field.
 */
const MATCHED = '#account';
const REVIEW = '#account review';
const inList = (list: string): string => `#account in ${list}`;

/** The test that `{account: …}` stands for: `matched`, `unmatched`, `review` (nobody is sure) or a list's id. */
export const accountTest = (asked: string): FieldTest => ({
  kind: 'compare',
  field: asked === 'matched' || asked === 'unmatched' ? MATCHED : asked === 'review' ? REVIEW : inList(asked),
  type: 'boolean',
  op: 'eq',
  value: asked !== 'unmatched',
});

/** What `{account: …}` asked of a test that stands for it; null: it is about a field. */
export const accountAsked = (test: FieldTest): string | null => {
  if (!test.field.startsWith(MATCHED)) return null;
  if (test.field === REVIEW) return 'review';
  if (test.field === MATCHED)
    return test.kind === 'compare' && test.value === false ? 'unmatched' : 'matched';
  return test.field.slice(inList('').length);
};

/** A lead's values with what was found of its account. */
export const withFindings = (
  lists: readonly AccountList[],
  values: LeadValues,
  findings: AccountFindings,
): LeadValues => {
  const matched = findings.filter(({ verdict }) => verdict === 'match').map(({ list }) => list);
  const found: Record<string, boolean> = {
    [MATCHED]: matched.length > 0,
    [REVIEW]: matched.length === 0 && findings.length > 0,
  };
  for (const { id } of lists) found[inList(id)] = matched.includes(id);
  return { ...values, ...found };
};
